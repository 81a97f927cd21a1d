package fortnight.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Utf8;

/**
 * A rejected record and the reason for its rejection.
 *
 * @param reason the kind of fault
 * @param message the field and value at fault
 * @param origin the file or partition that the position refers to, with its separator
 * @param position byte offset in the file, or offset in the partition; {@link Payload#NOWHERE} if
 *     unknown
 * @param payload the record's text, or its bytes in Base64 if they are not valid UTF-8; the first
 *     64 KiB of a {@link RejectReason#TOO_LARGE} record
 * @param base64 whether the payload is in Base64
 * @param redriven whether the record was a dead letter before and was sent to the input again
 * @param schema the schema of a record of an Avro file, as JSON; otherwise empty
 */
public record DeadLetter(
    RejectReason reason,
    String message,
    String origin,
    long position,
    String payload,
    boolean base64,
    boolean redriven,
    String schema) {
  /** Maximum length in bytes of an incomplete UTF-8 character. */
  private static final int MAX_INCOMPLETE_CHARACTER_BYTES = 3;

  /** Creates a dead letter without a schema. */
  public DeadLetter(
      RejectReason reason,
      String message,
      String origin,
      long position,
      String payload,
      boolean base64,
      boolean redriven) {
    this(reason, message, origin, position, payload, base64, redriven, "");
  }

  public static DeadLetter of(Payload payload, RejectReason reason, String message) {
    Optional<String> text = text(payload);
    return new DeadLetter(
        reason,
        message,
        payload.origin(),
        payload.position(),
        text.orElseGet(() -> Base64.getEncoder().encodeToString(payload.bytes())),
        text.isEmpty(),
        payload.redriven());
  }

  /**
   * Returns the payload's text; empty if it is not valid UTF-8. If a truncated record ends inside a
   * character, that character is omitted.
   */
  private static Optional<String> text(Payload payload) {
    int maxOmitted =
        payload.tooLarge() ? Math.min(MAX_INCOMPLETE_CHARACTER_BYTES, payload.length()) : 0;
    for (int omitted = 0; omitted <= maxOmitted; omitted++) {
      int length = payload.length() - omitted;
      if (Utf8.isWellFormed(payload.array(), payload.from(), length)) {
        return Optional.of(new String(payload.array(), payload.from(), length, UTF_8));
      }
    }
    return Optional.empty();
  }

  /** Creates a dead letter for offsets that were lost; its payload is empty. */
  public static DeadLetter ofLostOffsets(Payload lost) {
    long count = lost.lostOffsets();
    return new DeadLetter(
        RejectReason.LOST_OFFSETS,
        "offsets %d to %d were deleted before they were read: %d in all"
            .formatted(lost.position(), lost.position() + count - 1, count),
        lost.origin(),
        lost.position(),
        "",
        false,
        false);
  }

  /**
   * Returns a copy with the schema that is needed to decode the payload; empty if there is none.
   */
  public DeadLetter withSchema(String newSchema) {
    return new DeadLetter(reason, message, origin, position, payload, base64, redriven, newSchema);
  }

  /** Returns {@code FILE:BYTE_OFFSET} or {@code TOPIC/PARTITION/OFFSET}; empty if unknown. */
  public String source() {
    return Payload.source(origin, position);
  }

  public static Coder<DeadLetter> coder() {
    return DeadLetterCoder.INSTANCE;
  }

  private static final class DeadLetterCoder extends AtomicCoder<DeadLetter> {
    private static final long serialVersionUID = 1;

    static final DeadLetterCoder INSTANCE = new DeadLetterCoder();

    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
    private static final int REDRIVEN = 1;
    private static final int SCHEMA = 2;

    @Override
    public void encode(DeadLetter letter, OutputStream out) throws IOException {
      TEXT.encode(letter.reason.name(), out);
      TEXT.encode(letter.message, out);
      TEXT.encode(letter.origin, out);
      VarLongCoder.of().encode(letter.position, out);
      TEXT.encode(letter.payload, out);
      out.write(letter.base64 ? 1 : 0);
      boolean hasSchema = !letter.schema.isEmpty();
      out.write((letter.redriven ? REDRIVEN : 0) | (hasSchema ? SCHEMA : 0));
      if (hasSchema) {
        TEXT.encode(letter.schema, out);
      }
    }

    @Override
    public DeadLetter decode(InputStream in) throws IOException {
      RejectReason reason = RejectReason.valueOf(TEXT.decode(in));
      String message = TEXT.decode(in);
      String origin = TEXT.decode(in);
      long position = VarLongCoder.of().decode(in);
      String payload = TEXT.decode(in);
      boolean base64 = in.read() == 1;
      int flags = in.read();
      boolean redriven = (flags & REDRIVEN) != 0;
      String schema = (flags & SCHEMA) == 0 ? "" : TEXT.decode(in);
      return new DeadLetter(reason, message, origin, position, payload, base64, redriven, schema);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
