package fortnight.report;

import java.util.regex.Pattern;

/**
 * By which names the page may be asked for. A foreign page whose name was turned to this machine's
 * address (DNS rebinding) asks by its own name, and must not read what stands here.
 */
final class HostNames {
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private HostNames() {}

  /** Addresses cannot be turned; names only if they are the machine's own, or were given. */
  static boolean mayAsk(String header, String given) {
    if (header == null) {
      return false;
    }
    String name = PORT.matcher(header).replaceFirst("");
    return ADDRESS.matcher(name).matches()
        || name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(given);
  }

  /** An address of the sixth version has brackets there. */
  static String forUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
