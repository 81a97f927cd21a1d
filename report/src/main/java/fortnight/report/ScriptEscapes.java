package fortnight.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;

/** JSON in which no text can end the script element that it stands in, or begin another. */
final class ScriptEscapes extends CharacterEscapes {
  private final int[] escapes = standardAsciiEscapesForJSON();

  ScriptEscapes() {
    for (char dangerous : new char[] {'<', '>', '&'}) {
      escapes[dangerous] = ESCAPE_STANDARD;
    }
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return escapes.clone();
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return null; // All escapes are the standard ones.
  }
}
