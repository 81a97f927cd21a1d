package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens files at any byte. */
class OpenFilesTest {
  private static final String CSV = "\uFEFF\n\"a\nx\",b\r\n\n1,2\r\n \r\n\"3\n\",4\n\n\n5,6\n\n";
  private static final String LINES = "{}\n\n{\"a\":1}\r\n\r\n{\"b\":2}\n{}";

  @TempDir Path directory;

  @Test
  void findsTheNextRowOfCsv() throws IOException {
    RecordEncoding.Csv header = new RecordEncoding.Csv(',', "UTF-8", null, false);
    RecordEncoding.Csv listed = new RecordEncoding.Csv(',', "UTF-8", List.of("a", "b"), false);
    for (RecordEncoding encoding : List.of(header, listed)) {
      assertFindsTheNextRecord(file("a.csv", CSV), encoding, 3);
      assertFindsTheNextRecord(gzip("a.csv.gz", CSV), encoding, 3);
    }
  }

  @Test
  void findsTheNextLine() throws IOException {
    assertFindsTheNextRecord(file("a.jsonl", LINES), RecordEncoding.JSON, 6);
    assertFindsTheNextRecord(gzip("a.jsonl.gz", LINES), RecordEncoding.JSON, 6);
  }

  @Test
  void readsAvroIfTheFirstBytesAreAvro() throws IOException {
    Path path = directory.resolve("a.avro");
    Schema schema = SchemaBuilder.builder().stringType();
    try (DataFileWriter<Object> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      out.create(schema, path.toFile()).append("x");
    }
    InputFile file = InputFiles.match(path.toString(), RecordEncoding.AVRO).get(0);

    List<Payload> records = new ArrayList<>();
    FirstRecords.forEachWhile(
        List.of(file),
        Duration.ofMinutes(1),
        new FirstRecords.Receiver() {
          @Override
          public RecordEncoding encoding(InputFile opened, byte[] head) {
            return head[0] == 'O' ? RecordEncoding.AVRO : RecordEncoding.JSON;
          }

          @Override
          public boolean add(Payload record) {
            return records.add(record);
          }

          @Override
          public void endBeforePipe() {}
        });

    assertThat(records)
        .singleElement()
        .matches(record -> new String(record.bytes(), UTF_8).equals("\u0002x"));
  }

  private static void assertFindsTheNextRecord(Path path, RecordEncoding encoding, int minRecords)
      throws IOException {
    InputFile file = InputFiles.match(path.toString(), encoding).get(0);
    List<String> records = records(file, 0);
    assertThat(records).hasSizeGreaterThanOrEqualTo(minRecords);
    for (long from = 0; from <= 60; from++) {
      long first = from;

      assertThat(records(file, from))
          .isEqualTo(records.stream().filter(record -> position(record) >= first).toList());
    }
  }

  private static List<String> records(InputFile file, long from) throws IOException {
    List<String> records = new ArrayList<>();
    try (RecordReader reader = OpenFiles.open(file, from)) {
      for (Payload record = reader.next(); record != null; record = reader.next()) {
        records.add(record.position() + ":" + new String(record.bytes(), UTF_8));
      }
    }
    return records;
  }

  private static long position(String record) {
    return Long.parseLong(record.substring(0, record.indexOf(':')));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Path gzip(String name, String text) throws IOException {
    Path path = directory.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text.getBytes(UTF_8));
    }
    return path;
  }
}
