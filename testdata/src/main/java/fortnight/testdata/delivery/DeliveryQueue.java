package fortnight.testdata.delivery;

import fortnight.testdata.formats.RecordBuffer;
import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.formats.Transaction;
import fortnight.testdata.model.Catalog;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import fortnight.testdata.model.RandomStream;
import fortnight.testdata.model.Span;
import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Records between the shop and the output. They are sent in order of event time, and arrive in the
 * order that the faults give. No fault changes what the shop sold: without duplicates, the results
 * over the records that arrive are those over the records that were sent. A record that is no
 * transaction arrives immediately before the transaction that it precedes, and only once.
 */
final class DeliveryQueue {
  private static final long MAX_DUPLICATE_DELAY = 60 * Micros.PER_SECOND;

  private final Catalog catalog;
  private final RecordShape format;
  private final Simulation.Faults faults;
  private final Span idle;
  private final GroundTruth truth;
  private final Delivery.Receiver receiver;
  private final RandomStream disorder;
  private final RandomStream lateness;
  private final RandomStream duplication;
  private final RandomStream malformation;
  private final PriorityQueue<Delivery> pending = new PriorityQueue<>(Delivery.BY_ARRIVAL);
  private final List<Malformation> malformations;
  private final RecordBuffer record = new RecordBuffer();
  private long sent;
  private long malformed;

  /**
   * An empty queue.
   *
   * @param idle no record arrives in this time; records that would have arrive at its end
   */
  DeliveryQueue(
      long seed,
      Catalog catalog,
      RecordShape format,
      Simulation.Faults faults,
      Span idle,
      GroundTruth truth,
      Delivery.Receiver receiver) {
    this.catalog = catalog;
    this.format = format;
    this.faults = faults;
    this.idle = idle;
    this.truth = truth;
    this.receiver = receiver;
    this.disorder = new RandomStream().resume(RandomStream.stream(seed, -1));
    this.lateness = new RandomStream().resume(RandomStream.stream(seed, -2));
    this.malformations = Malformation.of(format);
    this.duplication = new RandomStream().resume(RandomStream.stream(seed, -3));
    this.malformation = new RandomStream().resume(RandomStream.stream(seed, -4));
  }

  /** Sends a transaction, after the delivery of all records that arrive before its event time. */
  void send(long id, Purchase purchase) throws IOException {
    deliverUntil(purchase.micros());
    long arrival = purchase.micros() + upTo(faults.outOfOrder(), disorder);
    if (lateness.chance(faults.late())) {
      arrival += faults.lateBy();
      truth.addLate(id);
    }
    if (format.hasOtherBefore(new Transaction(id, purchase, catalog))) {
      enqueue(arrival, id, purchase, true, null);
    }
    enqueue(arrival, id, purchase, false, null);
    if (duplication.chance(faults.duplicates())) {
      enqueue(arrival + upTo(MAX_DUPLICATE_DELAY, duplication), id, purchase, false, null);
      truth.addDuplicate(id);
    }
    if (malformation.chance(faults.malformed())) {
      Malformation broken = Malformation.number(malformed++, malformations);
      enqueue(arrival, id, purchase, false, broken);
      truth.addMalformed(id, broken.reason());
    }
  }

  /** Delivers all records that are left. */
  void finish() throws IOException {
    deliverUntil(Long.MAX_VALUE);
  }

  private void enqueue(
      long arrival, long id, Purchase purchase, boolean other, Malformation broken) {
    long time = idle.contains(arrival) ? idle.until() : arrival;
    pending.add(new Delivery(time, sent++, id, purchase, other, broken));
  }

  private void deliverUntil(long micros) throws IOException {
    while (!pending.isEmpty() && pending.peek().arrival() < micros) {
      deliver(pending.poll());
    }
  }

  private void deliver(Delivery delivery) throws IOException {
    truth.addArrival(delivery);
    Transaction transaction = new Transaction(delivery.id(), delivery.purchase(), catalog);
    record.clear();
    if (delivery.malformation() != null) {
      byte[] payload = delivery.malformation().apply(new ValidRecord(transaction, format, record));
      receiver.receive(delivery, payload, payload.length);
      return;
    }
    if (delivery.other()) {
      format.writeOtherBefore(transaction, record);
    } else {
      format.writeTransaction(transaction, record);
    }
    receiver.receive(delivery, record.bytes(), record.length());
  }

  private static long upTo(long max, RandomStream random) {
    return (long) (random.nextDouble() * max);
  }
}
