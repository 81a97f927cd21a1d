package fortnight.benchmarks;

import java.util.List;

/** Which contenders run over how many transactions. */
record Plan(List<String> only, boolean noLimits) {
  /** Those of a kind that were asked for. */
  List<Contender> chosen(List<Contender> all, String kind) {
    return all.stream()
        .filter(
            contender -> only.isEmpty() || only.contains(kind) || only.contains(contender.name()))
        .toList();
  }

  boolean isTooMuch(Contender contender, int transactions) {
    return !noLimits && transactions > contender.limit();
  }
}
