package fortnight.testdata;

import java.io.IOException;
import java.util.PriorityQueue;

/**
 * The way of the records from the tills: they set out in order of their event time, and arrive as
 * the faults have it. No fault changes what the shop sold: over what arrives, without the
 * duplicates, the figures are those of what set out.
 */
final class Road {
  private static final long LONGEST_BETWEEN_DUPLICATES = 60 * Micros.A_SECOND;

  private final Faults faults;
  private final Span silence;
  private final Truth truth;
  private final Receiver receiver;
  private final Dice disorder;
  private final Dice lateness;
  private final Dice duplication;
  private final Dice breakage;
  private final PriorityQueue<Delivery> underway = new PriorityQueue<>(Delivery.BY_ARRIVAL);
  private final TransactionJson json = new TransactionJson();
  private long sent;
  private long broken;

  /**
   * A road.
   *
   * @param silence nothing arrives in this time; what would have, arrives at its end
   */
  Road(long seed, Faults faults, Span silence, Truth truth, Receiver receiver) {
    this.faults = faults;
    this.silence = silence;
    this.truth = truth;
    this.receiver = receiver;
    this.disorder = new Dice().resume(Dice.stream(seed, -1));
    this.lateness = new Dice().resume(Dice.stream(seed, -2));
    this.duplication = new Dice().resume(Dice.stream(seed, -3));
    this.breakage = new Dice().resume(Dice.stream(seed, -4));
  }

  /** Sends a transaction; whatever arrives before it sets out is delivered first. */
  void send(long id, Purchase purchase) throws IOException {
    deliverUntil(purchase.micros);
    long arrival = purchase.micros + upTo(faults.outOfOrder(), disorder);
    if (lateness.chance(faults.late())) {
      arrival += faults.lateBy();
      truth.isLate(id);
    }
    dispatch(arrival, id, purchase, null);
    if (duplication.chance(faults.duplicates())) {
      dispatch(arrival + upTo(LONGEST_BETWEEN_DUPLICATES, duplication), id, purchase, null);
      truth.isDuplicated(id);
    }
    if (breakage.chance(faults.malformed())) {
      Malformation malformation = Malformation.number(broken++);
      dispatch(arrival, id, purchase, malformation);
      truth.isBroken(id, malformation.reason());
    }
  }

  /** Waits for all that is still underway. */
  void end() throws IOException {
    deliverUntil(Long.MAX_VALUE);
  }

  private void dispatch(long arrival, long id, Purchase purchase, Malformation malformation) {
    long time = silence.contains(arrival) ? silence.until() : arrival;
    underway.add(new Delivery(time, sent++, id, purchase, malformation));
  }

  private void deliverUntil(long micros) throws IOException {
    while (!underway.isEmpty() && underway.peek().arrival() < micros) {
      deliver(underway.poll());
    }
  }

  private void deliver(Delivery delivery) throws IOException {
    truth.arrives(delivery);
    json.format(delivery.id(), delivery.purchase());
    if (delivery.malformation() == null) {
      receiver.receive(delivery, json.buffer(), json.length());
    } else {
      byte[] payload = delivery.malformation().of(json.copy());
      receiver.receive(delivery, payload, payload.length);
    }
  }

  private static long upTo(long longest, Dice dice) {
    return (long) (dice.nextDouble() * longest);
  }
}
