package fortnight.pipelines.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import fortnight.common.cli.CommandException;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests the schemas of a registry by their ids, each once. Repeats a request until the registry
 * answers it; other requests wait meanwhile. A message is rejected only if the registry was asked
 * for its id.
 */
final class RegistryClient {
  /** The clock, and pauses between requests. */
  interface Time {
    Time SYSTEM =
        new Time() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
          }
        };

    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration MAX_DELAY = Duration.ofSeconds(10);
  private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final SchemaRegistry registry;
  private final RegistryConnection connection;
  private final Time time;

  /** Never removed: a schema never changes, and the registry limits their number. */
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  private final RejectedIds rejected;

  /** Fair, so that a thread with many unknown ids does not hold up the others. */
  private final ReentrantLock requests = new ReentrantLock(true);

  private @Nullable Long lastDelayWarning;

  RegistryClient(SchemaRegistry registry) {
    this(registry, new RegistryConnection(registry, RegistryConnection.TIMEOUT), Time.SYSTEM);
  }

  RegistryClient(SchemaRegistry registry, RegistryConnection connection, Time time) {
    this.registry = registry;
    this.connection = connection;
    this.time = time;
    rejected = new RejectedIds(time::nanoTime);
  }

  /**
   * Returns a schema; see {@link SchemaRegistry#schema}.
   *
   * @throws CommandException if the registry rejects the credentials
   */
  Schema schema(int id) throws MalformedAvroException {
    return schema(id, RejectedIds.USABLE);
  }

  /**
   * Requests a schema, see {@link SchemaRegistry#prefetch}, also if it was unknown a while ago.
   *
   * @throws CommandException if the registry rejects the credentials
   */
  void prefetch(int id) {
    try {
      Schema unused = schema(id, RejectedIds.FRESH);
    } catch (MalformedAvroException e) {
      // The message is rejected when it is parsed.
    }
  }

  private Schema schema(int id, Duration maxAge) throws MalformedAvroException {
    Schema known = known(id, maxAge);
    if (known != null) {
      return known;
    }
    try {
      requests.lockInterruptibly();
      try {
        known = known(id, maxAge);
        return known != null ? known : request(id);
      } finally {
        requests.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + registry.url());
    }
  }

  /**
   * Returns a schema without a request; null if a request is needed.
   *
   * @param maxAge of an answer that there is no such schema
   */
  private @Nullable Schema known(int id, Duration maxAge) throws MalformedAvroException {
    Schema schema = schemas.get(id);
    if (schema == null) {
      String message = rejected.message(id, maxAge);
      if (message != null) {
        throw new MalformedAvroException(message);
      }
    }
    return schema;
  }

  private Schema request(int id) throws InterruptedException, MalformedAvroException {
    awaitRequestLimit();
    try {
      RegistryResponse response = await("/schemas/ids/" + id);
      if (response.hasErrorCode()) {
        throw new MalformedAvroException(
            "has the schema id " + id + ", which is not in the registry");
      }
      Schema schema = response.avroSchema(id);
      schemas.put(id, schema);
      return schema;
    } catch (MalformedAvroException e) {
      rejected.add(id, e.getMessage());
      throw e;
    }
  }

  /** Waits if many ids were rejected lately. */
  private void awaitRequestLimit() throws InterruptedException {
    Duration delay = rejected.delay();
    if (delay.isZero()) {
      return;
    }
    long now = time.nanoTime();
    if (lastDelayWarning == null || now - lastDelayWarning >= WARNING_INTERVAL.toNanos()) {
      lastDelayWarning = now;
      LOG.warn(
          "Reading is slowed down: many messages have different schema ids that are not in the"
              + " schema registry {}, and requests for such ids are limited to {} a second. The"
              + " messages are rejected",
          registry.url(),
          RejectedIds.REQUESTS_PER_SECOND);
    }
    time.sleep(delay);
  }

  /** Repeats a request until the registry answers it. */
  private RegistryResponse await(String path) throws InterruptedException {
    RegistryOutage outage = new RegistryOutage(registry);
    Duration delay = FIRST_DELAY;
    while (true) {
      try {
        HttpResponse<byte[]> response = connection.send(path);
        Optional<RegistryResponse> answer = answer(response);
        if (answer.isPresent()) {
          outage.end();
          return answer.get();
        }
        outage.report("it answers with the status " + response.statusCode() + ", without a schema");
      } catch (IOException e) {
        outage.report(RegistryOutage.reason(e));
      }
      time.sleep(delay);
      delay = delay.multipliedBy(2).compareTo(MAX_DELAY) < 0 ? delay.multipliedBy(2) : MAX_DELAY;
    }
  }

  /** Returns a schema, or an error of the request; empty if the registry is not available. */
  private Optional<RegistryResponse> answer(HttpResponse<byte[]> response) throws IOException {
    int status = response.statusCode();
    checkAccess(status);
    if (status != OK && status != NOT_FOUND) {
      return Optional.empty();
    }
    try {
      return Optional.of(RegistryResponse.parse(response.body()))
          .filter(parsed -> status == OK ? parsed.hasSchema() : parsed.hasErrorCode());
    } catch (JsonProcessingException e) {
      return Optional.empty(); // A page of a proxy.
    }
  }

  /**
   * Checks that the registry answers.
   *
   * @throws CommandException if it does not
   */
  void check() {
    HttpResponse<byte[]> response;
    try {
      response = connection.send("/schemas/types");
    } catch (IOException e) {
      throw CommandException.failed(
          "%s: the schema registry is not available: %s; check the address, and that it runs"
              .formatted(registry.flag(), RegistryOutage.reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while checking " + registry.flag());
    }
    int status = response.statusCode();
    checkAccess(status);
    boolean isRegistry = status == OK && new String(response.body(), UTF_8).startsWith("[");
    if (!isRegistry && (status == OK || status == NOT_FOUND)) {
      throw CommandException.failed(
          registry.flag()
              + ": not a schema registry, it has no /schemas/types; use http://HOST:8081, or"
              + " http://HOST:8080/apis/ccompat/v7 for Apicurio");
    }
    if (!isRegistry) {
      throw CommandException.failed(
          "%s: the schema registry is not available: it answers with the status %d"
              .formatted(registry.flag(), status));
    }
  }

  private void checkAccess(int status) {
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw CommandException.failed(
          "%s: the schema registry denies access (status %d); check %s or %s in %s"
              .formatted(
                  registry.flag(),
                  status,
                  RegistryCredentials.USER,
                  RegistryCredentials.TOKEN,
                  registry.configFlag()));
    }
  }
}
