package fortnight.testdata.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All purchases of a world, by time.
 *
 * <p>Every neighbourhood is simulated for a slab of time; the slab is sorted while the threads
 * simulate the next one. So memory depends on the number of households, not of purchases.
 */
public final class Purchases implements Iterator<Purchase>, AutoCloseable {
  private static final int HOUSEHOLDS_PER_NEIGHBOURHOOD = 4096;
  private static final int PURCHASES_PER_SLAB = 1 << 15;

  private final World world;
  private final ExecutorService threads;
  private final List<Neighbourhood> neighbourhoods = new ArrayList<>();
  private final long slab;
  private long until;
  private List<Future<List<Purchase>>> pending;
  private Iterator<Purchase> current = List.<Purchase>of().iterator();

  public Purchases(World world, int threads) {
    this(world, threads, HOUSEHOLDS_PER_NEIGHBOURHOOD);
  }

  /** The purchases depend neither on the threads nor on the size of neighbourhoods. */
  Purchases(World world, int threads, int householdsPerNeighbourhood) {
    this.world = world;
    this.threads = Executors.newFixedThreadPool(threads);
    for (long first = 1; first <= world.households(); first += householdsPerNeighbourhood) {
      long end = Math.min(first + householdsPerNeighbourhood, world.households() + 1);
      neighbourhoods.add(new Neighbourhood(world, first, end));
    }
    double slabs = Math.ceil(world.expectedPurchases() / PURCHASES_PER_SLAB);
    this.slab = Math.max(1, (long) (world.span().length() / slabs));
    this.until = world.span().from();
    this.pending = nextSlab();
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && !pending.isEmpty()) {
      List<Purchase> purchases = new ArrayList<>();
      for (Future<List<Purchase>> part : pending) {
        purchases.addAll(await(part));
      }
      pending = nextSlab();
      purchases.sort(Comparator.comparingLong(Purchase::micros)); // stable
      current = purchases.iterator();
    }
    return current.hasNext();
  }

  @Override
  public Purchase next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private List<Future<List<Purchase>>> nextSlab() {
    if (until == world.span().until()) {
      return List.of();
    }
    until = Math.min(until + slab, world.span().until());
    long slabEnd = until;
    return neighbourhoods.stream()
        .map(neighbourhood -> threads.submit(() -> neighbourhood.until(slabEnd)))
        .toList();
  }

  private static List<Purchase> await(Future<List<Purchase>> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
