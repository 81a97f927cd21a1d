package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.pipelines.TestRun;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avro files have the results of the same records in lines of JSON. */
class AvroFileTest {
  private static final String FIELDS = "id=id,time=at,item=lines[].sku,quantity=lines[].qty";
  private static final String AVRO = "--format=" + FIELDS + ",records=avro";

  private static final Schema SALE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Sale", "fields": [
                {"name": "id", "type": "long"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "lines", "type": {"type": "array", "items":
                  {"type": "record", "name": "Line", "fields": [
                    {"name": "sku", "type": ["null", "string"]},
                    {"name": "qty", "type": "int"}]}}}]}
              """);

  private static final long MONDAY = 1_672_617_600_000L;
  private static final int HOUR = 3_600_000;
  private static final int MAGIC_BYTES = 4;
  private static final int RECORDS = 2_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "bzip2", "snappy", "zstandard"})
  void readsTheRecordsOfAllCodecs(String codec) throws IOException {
    List<byte[]> expected = read(avro("null", 300)).stream().map(Payload::bytes).toList();

    assertThat(read(avro(codec, 300)))
        .extracting(Payload::bytes)
        .containsExactlyElementsOf(expected);
    assertThat(expected).hasSize(300);
  }

  @Test
  void hasTheRowsOfTheSameRecordsInJson() throws IOException {
    Path avro = write("sales.avro", avro("deflate", RECORDS));
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      json.append(sale(i).toString()).append('\n');
    }
    Path lines = Files.writeString(directory.resolve("sales.jsonl"), json);

    assertThat(rows("avro", "--input=" + avro, AVRO))
        .isEqualTo(rows("json", "--input=" + lines, jsonFormat()))
        .containsKeys("weekly-volume.jsonl", "product-volume-change.jsonl");
  }

  private static String jsonFormat() {
    return "--format=" + FIELDS + ",timeUnit=ms";
  }

  private Map<String, String> rows(String name, String... flags) throws IOException {
    Path output = directory.resolve(name);
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--output=" + output);
    TestRun run = TestRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(RECORDS);
    return TestRun.texts(output);
  }

  @Test
  void identifiesRecordsByTheirNumbers() throws IOException {
    GenericRecord bad = sale(1);
    bad.put("at", -1L);
    Path file = write("bad.avro", avro("deflate", List.of(sale(0), bad, sale(2), bad)));

    TestRun run = TestRun.of("--input=" + file, AVRO, "--output=" + directory.resolve("out"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readAllLines(directory.resolve("out").resolve("dead-letters.jsonl")))
        .hasSize(2)
        .allMatch(line -> line.contains("\"TIMESTAMP_OUT_OF_RANGE\""))
        .anyMatch(line -> line.contains("\"source\":\"" + file + ":1\""))
        .anyMatch(line -> line.contains("\"source\":\"" + file + ":3\""))
        .allMatch(
            line ->
                line.contains(
                    "\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Sale\\\""));
  }

  @Test
  void readsCompressedFilesAndPipesAndFilesWithoutRecords() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(avro("null", 5));
    }

    assertThat(read(packed.toByteArray())).hasSize(5);
    assertThat(read(avro("snappy", 0))).isEmpty();
  }

  @Test
  void continuesAtAnyRecord() throws IOException {
    InputFile file =
        InputFiles.match(write("some.avro", avro("deflate", 300)).toString(), RecordEncoding.AVRO)
            .get(0);
    for (int from : List.of(0, 1, 150, 299, 300)) {
      try (RecordReader reader = OpenFiles.open(file, from)) {
        Payload record = reader.next();

        assertThat(record == null ? 300 : record.position()).isEqualTo(from);
        assertThat(reader.isAtEnd()).isEqualTo(from == 300);
      }
    }
  }

  @Test
  void keepsTheBeginningOfALargeRecord() throws IOException {
    GenericRecord large = sale(0);
    Schema line = SALE.getField("lines").schema().getElementType();
    GenericRecord one = new GenericData.Record(line);
    one.put("sku", "x".repeat(2 << 20));
    one.put("qty", 1);
    large.put("lines", List.of(one));

    List<Payload> records = read(avro("null", List.of(sale(0), large, sale(2))));

    assertThat(records).extracting(Payload::tooLarge).containsExactly(false, true, false);
    assertThat(records.get(1).length()).isEqualTo(Payload.KEPT_OF_TOO_LARGE);
  }

  /** Every prefix, except those that end after a block, is truncated. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "bzip2", "snappy", "zstandard"})
  void failsIfTheFileIsTruncated(String codec) throws IOException {
    byte[] whole = avro(codec, 20);
    int header = headerLength(codec);
    for (int length = MAGIC_BYTES; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length == header) {
        assertThat(read(cut)).isEmpty();
      } else {
        assertThatThrownBy(() -> read(cut)).as("%d", length).isInstanceOf(IOException.class);
      }
    }
  }

  private int headerLength(String codec) throws IOException {
    return avro(codec, 0).length;
  }

  /** Damage to records that are not compressed can also be rejected, or change a value. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "bzip2", "snappy", "zstandard"})
  void readsOrRefusesDamagedFiles(String codec) throws IOException {
    byte[] whole = avro(codec, 40);
    Random random = new Random(2023);
    int failures = 0;
    for (int run = 0; run < 300; run++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        read(damaged);
      } catch (IOException e) {
        failures++;
      } catch (IllegalArgumentException e) {
        failures++; // The first bytes are not those of Avro.
      }
    }

    assertThat(failures).isBetween(60, 300);
  }

  @Test
  void namesADamagedFile() throws IOException {
    byte[] damaged = avro("deflate", 400);
    damaged[damaged.length - 20] ^= 1;
    Path file = write("damaged.avro", damaged);

    TestRun run = TestRun.of("--input=" + file, AVRO, "--output=" + directory.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("fortnight: cannot read " + file + ": its compressed data");
    assertThat(run.err()).hasLineCount(1);
    assertThat(TestRun.names(directory.resolve("out"))).isEmpty();
  }

  @Test
  void namesACodecThatIsNotSupported() throws IOException {
    byte[] renamed =
        new String(avro("deflate", 5), ISO_8859_1)
            .replace("deflate", "brotliX")
            .getBytes(ISO_8859_1);
    Path file = write("brotli.avro", renamed);

    TestRun run = TestRun.of("--input=" + file, AVRO, "--output=" + directory.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "fortnight: cannot read "
                + file
                + ": its codec brotliX is not supported; write it with deflate, snappy, zstandard,"
                + " or bzip2\n");
  }

  @Test
  void refusesOtherFilesBeforeTheRun() throws IOException {
    Path json = write("sales.jsonl", "{}\n".getBytes(UTF_8));
    Path avro = write("sales.avro", avro("null", 5));

    assertThat(TestRun.of("--input=" + json, AVRO).err())
        .startsWith(
            "--input="
                + json
                + ": "
                + json
                + " is not an Avro file, as --format requires with records: avro");
    assertThat(TestRun.of("--input=" + avro).err())
        .startsWith(
            "--input="
                + avro
                + ": "
                + avro
                + " is an Avro file; set records: avro in --format (propose does not read Avro)");
    assertThat(TestRun.of("--input=" + avro).status()).isEqualTo(2);
  }

  private List<Payload> read(byte[] content) throws IOException {
    Path path = write("content", content);
    InputFile file = InputFiles.match(path.toString(), RecordEncoding.AVRO).get(0);
    List<Payload> records = new ArrayList<>();
    try (RecordReader reader = OpenFiles.open(file, 0)) {
      for (Payload record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    }
    return records;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static byte[] avro(String codec, int records) throws IOException {
    List<GenericRecord> sales = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      sales.add(sale(i));
    }
    return avro(codec, sales);
  }

  /** Blocks have about a hundred records. */
  private static byte[] avro(String codec, List<GenericRecord> records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SALE))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(2_000);
      writer.create(SALE, out, "0123456789abcdef".getBytes(UTF_8));
      for (GenericRecord sale : records) {
        writer.append(sale);
      }
    }
    return out.toByteArray();
  }

  private static GenericRecord sale(int number) {
    Schema line = SALE.getField("lines").schema().getElementType();
    GenericRecord item = new GenericData.Record(line);
    item.put("sku", "sku-" + number % 7);
    item.put("qty", number % 5);
    GenericRecord sale = new GenericData.Record(SALE);
    sale.put("id", (long) number);
    sale.put("at", MONDAY + (long) number * HOUR);
    sale.put("lines", List.of(item, item));
    return sale;
  }
}
