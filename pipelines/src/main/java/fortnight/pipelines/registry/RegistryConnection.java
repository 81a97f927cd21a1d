package fortnight.pipelines.registry;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to a registry. The time and the size of a response are limited. */
final class RegistryConnection {
  /** For a whole response, from the connection to the last byte of the body. */
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** A registry stores schemas of up to 1 MiB by default, which JSON's escapes make larger. */
  private static final int MAX_BODY_MIB = 4;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final SchemaRegistry registry;
  private final Duration timeout;

  /**
   * Weak, because Java 17 cannot close a client. Its thread, which refers to the class loader of
   * the job, ends after the client has been garbage-collected; so does the class loader.
   */
  private WeakReference<HttpClient> client = new WeakReference<>(null);

  RegistryConnection(SchemaRegistry registry, Duration timeout) {
    this.registry = registry;
    this.timeout = timeout;
  }

  /**
   * Returns the complete response to a request.
   *
   * @throws IOException if there is none in time, or if it is too large
   * @throws CommandException if the file with credentials cannot be read
   */
  HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (registry.configFile() != null) {
      request.header("Authorization", credentials().authorization());
    }
    HttpClient open = client();
    // The timeout of a request would end at the headers of its response.
    CompletableFuture<HttpResponse<byte[]>> response =
        open.sendAsync(request.build(), head -> new LimitedBody());
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete response after " + timeout);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      response.cancel(true); // Closes the connection unless the response is complete.
    }
  }

  private synchronized HttpClient client() {
    HttpClient open = client.get();
    if (open == null) {
      open =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .build();
      client = new WeakReference<>(open);
    }
    return open;
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

  /** Collects the bytes of a response, and fails if there are too many. */
  private static final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private Flow.Subscription subscription;
    private long size;

    @Override
    public CompletionStage<byte[]> getBody() {
      return bytes.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      bytes.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      size += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
      if (size <= MAX_BODY_MIB << 20) {
        bytes.onNext(buffers);
      } else {
        subscription.cancel();
        bytes.onError(new IOException("its response has more than " + MAX_BODY_MIB + " MiB"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      bytes.onError(failure);
    }

    @Override
    public void onComplete() {
      bytes.onComplete();
    }
  }
}
