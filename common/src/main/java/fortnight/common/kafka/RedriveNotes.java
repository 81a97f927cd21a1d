package fortnight.common.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The notes in a dead-letter topic, each of which marks a dead letter as sent again: {@code
 * {"sent_back":SOURCE}}. The key of a note differs from the dead letter's: the pipeline can write
 * the dead letter again, such as after a restart, and compaction must not delete the note then.
 */
public final class RedriveNotes {
  /** The field with the source of the record that was sent. */
  public static final String FIELD = "sent_back";

  private static final byte[] KEY_PREFIX = (FIELD + "/").getBytes(UTF_8);

  private RedriveNotes() {}

  /** Returns the key of the note about a source. */
  public static byte[] key(String source) {
    return (FIELD + "/" + source).getBytes(UTF_8);
  }

  /** Whether a message with this key is a note. */
  public static boolean isKey(byte[] key) {
    return key.length >= KEY_PREFIX.length
        && Arrays.equals(key, 0, KEY_PREFIX.length, KEY_PREFIX, 0, KEY_PREFIX.length);
  }
}
