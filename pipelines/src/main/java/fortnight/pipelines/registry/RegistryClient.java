package fortnight.pipelines.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import fortnight.common.cli.CommandException;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Requests the schemas of a registry by their ids, each once. Repeats a request until the registry
 * answers it; other requests wait meanwhile.
 */
final class RegistryClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long MAX_DELAY_MILLIS = 10_000;

  /** An id that is unknown now can be registered later. */
  private static final long REJECTION_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int MAX_REJECTIONS = 1_000;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final SchemaRegistry registry;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, Rejected> rejected = new ConcurrentHashMap<>();
  private final ReentrantLock requests = new ReentrantLock();

  RegistryClient(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** An id whose records are rejected, without a request until a {@link System#nanoTime}. */
  private record Rejected(String message, long untilNanoTime) {}

  /**
   * Returns a schema; see {@link SchemaRegistry#schema}.
   *
   * @throws CommandException if the registry rejects the credentials
   */
  Schema schema(int id) throws MalformedAvroException {
    Schema known = known(id);
    if (known != null) {
      return known;
    }
    try {
      requests.lockInterruptibly();
      try {
        known = known(id);
        return known != null ? known : request(id);
      } finally {
        requests.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + registry.url());
    }
  }

  /** Returns a schema without a request; null if a request is needed. */
  private @Nullable Schema known(int id) throws MalformedAvroException {
    Schema schema = schemas.get(id);
    if (schema == null) {
      Rejected rejection = rejected.get(id);
      if (rejection != null && System.nanoTime() - rejection.untilNanoTime < 0) {
        throw new MalformedAvroException(rejection.message);
      }
    }
    return schema;
  }

  private Schema request(int id) throws InterruptedException, MalformedAvroException {
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
      if (rejected.size() >= MAX_REJECTIONS) {
        rejected.clear();
      }
      rejected.put(id, new Rejected(e.getMessage(), System.nanoTime() + REJECTION_NANOS));
      throw e;
    }
  }

  /** Repeats a request until the registry answers it. */
  private RegistryResponse await(String path) throws InterruptedException {
    RegistryOutage outage = new RegistryOutage(registry);
    long delay = FIRST_DELAY_MILLIS;
    while (true) {
      try {
        HttpResponse<byte[]> response = send(path);
        Optional<RegistryResponse> answer = answer(response);
        if (answer.isPresent()) {
          outage.end();
          return answer.get();
        }
        outage.report("it answers with the status " + response.statusCode() + ", without a schema");
      } catch (IOException e) {
        outage.report(RegistryOutage.reason(e));
      }
      TimeUnit.MILLISECONDS.sleep(delay);
      delay = Math.min(2 * delay, MAX_DELAY_MILLIS);
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
      response = send("/schemas/types");
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

  private HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (registry.configFile() != null) {
      request.header("Authorization", credentials().authorization());
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Reads the file for each request, so that changed credentials are used. */
  private RegistryCredentials credentials() {
    try {
      return RegistryCredentials.read(registry.configFile());
    } catch (IllegalArgumentException e) {
      throw CommandException.failed(
          "cannot read %s, which each machine of the cluster needs: %s"
              .formatted(registry.configFlag(), e.getMessage()));
    }
  }
}
