package fortnight.benchmarks;

/** Runs contenders over one shop, each time from the start, and checks what they answer. */
interface Trials {
  /** One run; one that fails or gives other answers is a CannotRun. */
  Trial run(Contender contender) throws Exception;
}
