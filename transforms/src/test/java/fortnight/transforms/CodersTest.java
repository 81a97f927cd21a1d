package fortnight.transforms;

import static fortnight.transforms.Sales.item;
import static org.apache.beam.sdk.testing.CoderProperties.coderConsistentWithEquals;
import static org.apache.beam.sdk.testing.CoderProperties.coderDecodeEncodeEqual;
import static org.apache.beam.sdk.testing.CoderProperties.coderSerializable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fortnight.common.Measure;
import fortnight.transforms.duplicates.CountedTimes;
import fortnight.transforms.volumes.Halves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.ObjectStreamClass;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.Coder.NonDeterministicException;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodersTest {
  private static final Coder<Map<Scope, Halves>> TABLE = new ScopeTableCoder<>(Halves.coder());
  private static final Id SEVEN = Id.ofInteger(7);
  private static final Pane ON_TIME = Pane.ON_TIME;
  private static final Pane LATE = Pane.LATE;

  static Stream<Arguments> goldenBytes() {
    return Stream.of(
        arguments(Id.coder(), SEVEN, "69 01 37"),
        arguments(Id.coder(), Id.ofString("7"), "73 01 37"),
        arguments(Id.coder(), Id.ofString("ı🛒"), "73 06 c4b1 f09f9b92"),
        arguments(Scope.coder(), Scope.SHOP, "53"),
        arguments(Scope.coder(), item(7), "49 69 01 37"),
        arguments(Id.coder(), Id.NULL, "6e"),
        arguments(Scope.coder(), Scope.shop("€"), "73 03 e282ac"),
        arguments(Scope.coder(), new Scope("product", SEVEN, "€"), "69 69 01 37 03 e282ac"),
        arguments(Scope.coder(), new Scope("a", SEVEN, null), "44 01 61 69 01 37"),
        arguments(Scope.coder(), new Scope("a", Id.NULL, "€"), "64 01 61 6e 03 e282ac"),
        arguments(LineItem.coder(), LineItem.of(SEVEN, -1), "69 01 37 01 00 00"),
        arguments(
            LineItem.coder(),
            LineItem.of(SEVEN, -1, Int128.of(-300), List.of(Id.NULL)),
            "69 01 37 01 d704 01 6e"),
        arguments(Volume.coder(), Volume.ofItem(1, -1, 300), "03 00 01 01 d804"),
        arguments(Volume.coder(), Volume.NONE, "01 00 00 00"),
        arguments(Volume.coder(), Volume.ofItem(1, -1), "01 00 01 01"),
        arguments(Volume.coder(), new Volume(1, 2, 3, 5, 300), "01 01 02 06 05 ac02"),
        arguments(
            Volume.coder(),
            new Volume(
                1,
                2,
                Int128.of(3),
                Int128.ZERO,
                5,
                300,
                new DistinctIds(
                    IdSet.of(List.of(IdSet.hash(Id.ofString("7")))),
                    IdSet.of(List.of(IdSet.hash(SEVEN))))),
            "02 01 02 06 05 ac02 01 7c263cd5550d700f9fa8d2bcd94088b9"
                + "01 b2484bdba3b3afca0bedf0c8758d0730"),
        arguments(
            Halves.coder(),
            new Halves(Volume.ofItem(1, -1), Volume.NONE, true),
            "02 01 00 01 01 01 00 00 00 01"),
        arguments(TABLE, Map.of(), "01 00"),
        arguments(
            TABLE,
            Map.of(Scope.SHOP, new Halves(Volume.NONE, Volume.ofItem(1, 2), false)),
            "01 01 53 02 01 00 00 00 01 00 01 04 00"),
        arguments(
            Volume.coder(),
            new Volume(
                0,
                0,
                new Int128(-1, 0),
                Int128.ZERO,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                DistinctIds.NONE),
            "01 00 00 ffffffffffffffff ff03"),
        arguments(
            Slice.coder(),
            new Slice(time(1), -1, Map.of(Scope.SHOP, Volume.NONE)),
            "02 01 01 01 53 01 00 00 00"),
        arguments(CountedTimes.coder(), CountedTimes.NONE, "01 00"),
        arguments(CountedTimes.coder(), new CountedTimes(List.of(5L, 300L)), "01 02 05 ac02"),
        arguments(
            Transaction.coder(),
            new Transaction(SEVEN, null, time(5), List.of(LineItem.of(SEVEN, 1))),
            "69 01 37 00 05 00000001 69 01 37 02 00 00 00 00"),
        arguments(
            Transaction.coder(),
            new Transaction(Id.ofString("7"), SEVEN, time(5), List.of()),
            "73 01 37 01 69 01 37 05 00000000 00 00"),
        arguments(
            WindowVolume.coder(),
            new WindowVolume(time(1), time(2), Scope.SHOP, 4, 5, Volume.NONE, ON_TIME),
            "02 04 53 04 05 01 00 00 00 6f"),
        arguments(
            VolumeChange.coder(),
            new VolumeChange(
                time(1),
                time(2),
                time(3),
                item(7),
                Measure.UNITS,
                Int128.of(4),
                Int128.of(-5),
                300,
                LATE),
            "01 02 04 06 49 69 01 37 05 554e495453 08 09 ac02 6c"),
        arguments(
            DeadLetter.coder(),
            new DeadLetter(RejectReason.BAD_ID, "m", "f:", 9, "p", false, true),
            "06 4241445f4944 01 6d 02 663a 09 01 70 00 01"),
        arguments(
            DeadLetter.coder(),
            new DeadLetter(RejectReason.BAD_ID, "m", "f:", 9, "p", true, true).withSchema("\"x\""),
            "06 4241445f4944 01 6d 02 663a 09 01 70 01 03 03 227822"),
        arguments(
            DeadLetter.coder(),
            new DeadLetter(RejectReason.BAD_ID, "m", "f:", 9, "", false, false).withSchema("\"x\""),
            "06 4241445f4944 01 6d 02 663a 09 00 00 02 03 227822"));
  }

  @ParameterizedTest
  @MethodSource("goldenBytes")
  void keepsTheSerialVersionUidForSavepoints(Coder<?> coder) {
    // Savepoints contain the Java-serialized coders of state.
    assertThat(ObjectStreamClass.lookup(coder.getClass()).getSerialVersionUID()).isEqualTo(1);
  }

  @Test
  void keepsTheClassNamesThatSavepointsContain() {
    Stream<String> names =
        goldenBytes().map(arguments -> arguments.get()[0].getClass().getName()).distinct();

    assertThat(names)
        .containsExactlyInAnyOrder(
            "fortnight.transforms.Id$IdCoder",
            "fortnight.transforms.Scope$ScopeCoder",
            "fortnight.transforms.LineItem$LineItemCoder",
            "fortnight.transforms.Volume$VolumeCoder",
            "fortnight.transforms.volumes.Halves$HalvesCoder",
            "fortnight.transforms.ScopeTableCoder",
            "fortnight.transforms.Slice$SliceCoder",
            "fortnight.transforms.duplicates.CountedTimes$CountedTimesCoder",
            "fortnight.transforms.Transaction$TransactionCoder",
            "fortnight.transforms.WindowVolume$WindowVolumeCoder",
            "fortnight.transforms.VolumeChange$VolumeChangeCoder",
            "fortnight.transforms.DeadLetter$DeadLetterCoder");
  }

  @ParameterizedTest
  @MethodSource("goldenBytes")
  <T> void keepsItsEncodedBytes(Coder<T> coder, T value, String bytes) throws Exception {
    String digits = bytes.replace(" ", "");

    assertThat(HexFormat.of().formatHex(encoded(coder, value))).isEqualTo(digits);
    assertThat(decoded(coder, digits)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("goldenBytes")
  <T> void readsWhatItWrites(Coder<T> coder, T value, String bytes) throws Exception {
    coderDecodeEncodeEqual(coder, value);
    coderSerializable(coder);
  }

  @ParameterizedTest
  @MethodSource("goldenBytes")
  <T> void isConsistentWithEquals(Coder<T> coder, T value, String bytes) throws Exception {
    if (coder.consistentWithEquals()) {
      for (Object[] other : goldenBytes().map(Arguments::get).toArray(Object[][]::new)) {
        if (other[0].equals(coder)) {
          @SuppressWarnings("unchecked") // Equal coders have values of the same type.
          T otherValue = (T) other[1];
          coderConsistentWithEquals(coder, value, otherValue);
        }
      }
    }
  }

  @Test
  void readsHalvesOfTheFirstSavepoints() throws Exception {
    Halves ofShop = decoded(Halves.coder(), "01" + "04" + "06" + "05" + "01");
    Halves ofItem = decoded(Halves.coder(), "01" + "02" + "01" + "ac02" + "00");

    assertThat(ofShop.previous().of(Measure.TRANSACTIONS)).isEqualTo(Int128.of(2));
    assertThat(ofShop.current().of(Measure.TRANSACTIONS)).isEqualTo(Int128.of(3));
    assertThat(records(ofShop, Scope.SHOP)).isEqualTo(5);
    assertThat(ofShop.reached()).isTrue();
    assertThat(ofItem.previous().of(Measure.UNITS)).isEqualTo(Int128.of(1));
    assertThat(ofItem.current().of(Measure.UNITS)).isEqualTo(Int128.of(-1));
    assertThat(records(ofItem, item(7))).isEqualTo(300);
    assertThat(ofItem.reached()).isFalse();
    // Returns of an item are negative.
    assertThat(CoderUtils.clone(Halves.coder(), ofItem)).isEqualTo(ofItem);
    assertThat(CoderUtils.clone(Halves.coder(), ofShop)).isEqualTo(ofShop);
  }

  private static long records(Halves halves, Scope scope) {
    return halves.previous().records(scope) + halves.current().records(scope);
  }

  @Test
  void encodesUnusualPayloadsInABatch() throws Exception {
    byte[] shared = {'x', ' ', 'y', 'z'};
    List<Payload> payloads =
        List.of(
            new Payload("f:", 7, shared, 1, 2, 2),
            new Payload("f:", 9, shared, 3, 1, 1).asRedriven(),
            Payload.of("sales/3/", 1L << 40, ""),
            new Payload("sales/3/", 5, new byte[70_000], 0, 70_000, Payload.MAX_SIZE + 1L),
            Payload.of("", Payload.NOWHERE, "ä"),
            Payload.of("a.csv:", 3, "1").withPreamble(new byte[] {'i', 'd'}),
            Payload.of("a.csv:", 5, "2").withPreamble(new byte[] {'i', 'd'}),
            Payload.of("b.csv:", 3, "3"));

    PayloadBatch batch = new PayloadBatch(payloads);
    PayloadBatch copy = CoderUtils.clone(PayloadBatch.coder(), batch);

    assertThat(texts(copy)).isEqualTo(texts(batch));
  }

  private static List<String> texts(PayloadBatch batch) {
    return batch.payloads().stream()
        .map(
            payload ->
                payload.source()
                    + Arrays.toString(payload.bytes())
                    + payload.size()
                    + payload.redriven()
                    + Arrays.toString(payload.preamble()))
        .toList();
  }

  @Test
  void encodesLostOffsets() throws Exception {
    Payload lost = Payload.lostOffsets("t/0/", 300, 1L << 33);
    PayloadBatch batch =
        new PayloadBatch(List.of(Payload.of("t/0/", 299, "a"), lost, Payload.of("t/1/", 5, "b")));

    List<Payload> copy = CoderUtils.clone(PayloadBatch.coder(), batch).payloads();

    assertThat(texts(new PayloadBatch(copy))).isEqualTo(texts(batch));
    assertThat(copy).extracting(Payload::lostOffsets).containsExactly(0L, 1L << 33, 0L);
    assertThat(CoderUtils.clone(Payload.coder(), lost).lostOffsets()).isEqualTo(1L << 33);
  }

  @Test
  void encodesOriginPositionSizeAndBytesOfABatch() throws Exception {
    Payload cut = new Payload("t/0/", 300, new byte[] {'x', 'a', 'b', 'x'}, 1, 2, 1 << 21);
    PayloadBatch batch = new PayloadBatch(List.of(Payload.of("f:", 9, "c"), cut));

    String bytes = HexFormat.of().formatHex(encoded(PayloadBatch.coder(), batch));
    List<Payload> decoded = decoded(PayloadBatch.coder(), bytes).payloads();

    assertThat(bytes)
        .isEqualTo("02" + "02" + "02663a120100" + "02" + "04742f302fc60402feff7f" + "03636162");
    assertThat(decoded).extracting(Payload::source).containsExactly("f:9", "t/0/300");
    assertThat(decoded).extracting(Payload::size).containsExactly(1L, 1L << 21);
    assertThat(decoded)
        .extracting(Payload::bytes)
        .containsExactly(new byte[] {'c'}, new byte[] {'a', 'b'});
  }

  @ParameterizedTest
  @MethodSource("versioned")
  void rejectsUnknownVersions(Coder<?> coder, String name) {
    assertThatExceptionOfType(CoderException.class)
        .isThrownBy(() -> decoded(coder, "05000000"))
        .withMessage(name + " of version 5 was written by another release of Fortnight");
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> decoded(coder, ""))
        .withMessage("no " + name + " left to decode");
  }

  static Stream<Arguments> versioned() {
    return Stream.of(
        arguments(Volume.coder(), "Volume"),
        arguments(Halves.coder(), "Halves"),
        arguments(CountedTimes.coder(), "CountedTimes"),
        arguments(TABLE, "table of scopes"));
  }

  @Test
  void rejectsUnknownTags() {
    assertThatExceptionOfType(CoderException.class)
        .isThrownBy(() -> decoded(Id.coder(), "00"))
        .withMessage("not an encoded id: it begins with byte 0");
    assertThatExceptionOfType(CoderException.class)
        .isThrownBy(() -> decoded(Scope.coder(), "00"))
        .withMessage("not an encoded scope: it begins with byte 0");
    assertThatExceptionOfType(CoderException.class)
        .isThrownBy(() -> decoded(WindowVolume.coder(), "02045300000100000000"))
        .withMessage("not an encoded pane: it begins with byte 0");
  }

  @Test
  void isNotDeterministicForTables() {
    assertThatExceptionOfType(NonDeterministicException.class)
        .isThrownBy(TABLE::verifyDeterministic);
    assertThatExceptionOfType(NonDeterministicException.class)
        .isThrownBy(Slice.coder()::verifyDeterministic);
  }

  private static <T> byte[] encoded(Coder<T> coder, T value) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    return out.toByteArray();
  }

  private static <T> T decoded(Coder<T> coder, String hex) throws Exception {
    try (var in = new ByteArrayInputStream(HexFormat.of().parseHex(hex))) {
      T value = coder.decode(in);
      assertThat(in.available()).isZero();
      return value;
    }
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
