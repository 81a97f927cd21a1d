package fortnight.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import fortnight.common.cli.CommandException;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas are requested once, and as often as necessary while the registry does not answer. */
@Timeout(30)
class SchemaRegistryTest {
  @TempDir Path directory;

  private TestRegistry server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = TestRegistry.start().with(7, "\"int\"");
    registry = new SchemaRegistry(server.url(), null);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestsASchemaOnce() throws Exception {
    Schema first = registry.schema(7);

    assertThat(first).isEqualTo(Schema.create(Schema.Type.INT));
    assertThat(new SchemaRegistry(server.url(), null).schema(7)).isSameAs(first);
    assertThat(server.requests()).containsExactly("/schemas/ids/7");
    assertThat(server.authorizations()).containsExactly("null");
  }

  @Test
  void rejectsAnUnknownIdWithoutFurtherRequests() {
    for (int i = 0; i < 3; i++) {
      assertRejected(8, "has the schema id 8, which is not in the registry");
    }

    assertThat(server.requests()).containsExactly("/schemas/ids/8");
  }

  @Test
  void rejectsSchemasThatCannotBeUsed() {
    server
        .answering(1, "{\"schema\": \"message M {}\", \"schemaType\": \"PROTOBUF\"}")
        .answering(2, "{\"schema\": \"\\\"a.B\\\"\", \"references\": [{\"name\": \"a.B\"}]}")
        .answering(3, "{\"schema\": \"\\\"a.B\\\"\"}");

    assertRejected(1, "has the schema id 1, which is of the type PROTOBUF");
    assertRejected(2, "has the schema id 2, which refers to other schemas; that is not supported");
    assertThat(catchThrowable(() -> registry.schema(3)))
        .isInstanceOf(MalformedAvroException.class)
        .hasMessageStartingWith("has the schema id 3, and has a schema that is not valid: ");
  }

  private void assertRejected(int id, String message) {
    assertThatThrownBy(() -> registry.schema(id))
        .isInstanceOf(MalformedAvroException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 408, 429, 500, 503})
  void waitsWhileTheRegistryAnswersWithAnotherStatus(int status) throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    server.fail(() -> failures.getAndDecrement() > 0 ? status : 200);

    assertThat(registry.schema(7).getType()).isEqualTo(Schema.Type.INT);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void waitsWhileTheRegistryIsDown() throws Exception {
    int port = server.port();
    server.close();
    CompletableFuture<Schema> schema = CompletableFuture.supplyAsync(this::schema7);
    assertThatThrownBy(() -> schema.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    server = TestRegistry.start(port).with(7, "\"int\"");

    assertThat(schema.get().getType()).isEqualTo(Schema.Type.INT);
  }

  private Schema schema7() {
    try {
      return registry.schema(7);
    } catch (MalformedAvroException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endsAWaitThatIsInterrupted() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    server.fail(
        () -> {
          requested.countDown();
          return 503;
        });
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread waiting =
        new Thread(() -> failure.complete(catchThrowable(() -> registry.schema(7))), "waiting");
    waiting.start();
    requested.await();

    waiting.interrupt();

    assertThat(failure.get()).isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void failsIfAccessIsDenied(int status) {
    server.fail(() -> status);

    assertThatThrownBy(() -> registry.schema(7))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--schemaRegistry=%s: the schema registry denies access (status %d); check"
                    .formatted(server.url(), status)
                + " basic.auth.user.info or bearer.auth.token in --schemaRegistryConfig=FILE");
    assertThatThrownBy(registry::check).isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "basic.auth.user.info=shop:open sesame, Basic c2hvcDpvcGVuIHNlc2FtZQ==",
    "bearer.auth.token=abc, Bearer abc"
  })
  void sendsTheCredentialsOfAFile(String setting, String header) throws Exception {
    Path file = Files.writeString(directory.resolve("registry.properties"), setting + "\n");

    new SchemaRegistry(server.url(), SchemaRegistry.checkedFile(file.toString())).schema(7);

    assertThat(server.authorizations()).containsExactly(header);
  }

  @Test
  void checksThatTheRegistryAnswers() {
    registry.check();

    assertThat(server.requests()).containsExactly("/schemas/types");
  }

  @Test
  void reportsBeforeARunThatTheRegistryIsNotAvailable() {
    server.fail(() -> 503);
    assertThatThrownBy(registry::check)
        .hasMessage(
            "--schemaRegistry=%s: the schema registry is not available: it answers with the"
                    .formatted(server.url())
                + " status 503");

    server.fail(() -> 404);
    assertThatThrownBy(registry::check)
        .hasMessage(
            "--schemaRegistry=%s: not a schema registry, it has no /schemas/types; use"
                    .formatted(server.url())
                + " http://HOST:8081, or http://HOST:8080/apis/ccompat/v7 for Apicurio");

    server.close();
    assertThatThrownBy(registry::check)
        .hasMessage(
            "--schemaRegistry=%s: the schema registry is not available: the connection is"
                    .formatted(server.url())
                + " refused; check the address, and that it runs");
    assertThatThrownBy(new SchemaRegistry("http://nowhere.invalid:8081", null)::check)
        .hasMessageContaining("the host is unknown");
  }
}
