package fortnight.pipelines.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Credentials for a schema registry, from a properties file with the names of Confluent's clients.
 * No message contains a value.
 *
 * @param authorization the value of the HTTP header
 */
record RegistryCredentials(String authorization) {
  static final String USER = "basic.auth.user.info";
  static final String TOKEN = "bearer.auth.token";

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or does not have one of the settings
   */
  static RegistryCredentials read(String path) {
    if (!Files.isRegularFile(Path.of(path)) || !Files.isReadable(Path.of(path))) {
      throw new IllegalArgumentException("not a readable file");
    }
    Properties settings = new Properties();
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      settings.load(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(ErrorMessages.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash", e);
    }
    String user = settings.getProperty(USER);
    String token = settings.getProperty(TOKEN);
    if ((user == null) == (token == null)) {
      throw new IllegalArgumentException("set either " + USER + " or " + TOKEN);
    }
    return user != null ? ofUser(user.strip()) : ofToken(token.strip());
  }

  private static RegistryCredentials ofUser(String userAndPassword) {
    if (!userAndPassword.contains(":")) {
      throw new IllegalArgumentException("the value of " + USER + " is not USER:PASSWORD");
    }
    return new RegistryCredentials(
        "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8)));
  }

  private static RegistryCredentials ofToken(String token) {
    if (!VISIBLE_ASCII.matcher(token).matches()) {
      throw new IllegalArgumentException("the value of " + TOKEN + " is not a token");
    }
    return new RegistryCredentials("Bearer " + token);
  }

  /** Without the value, which is a secret. */
  @Override
  public String toString() {
    return "credentials";
  }
}
