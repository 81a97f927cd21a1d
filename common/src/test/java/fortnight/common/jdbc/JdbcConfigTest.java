package fortnight.common.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcConfigTest {
  @TempDir private Path directory;

  @Test
  void hasTheSettingsOfTheFileExceptThoseOfTheProgram() throws IOException {
    String file = write("user=shop\npassword=ä\\=b\nsocketTimeout=1\n", StandardCharsets.UTF_8);

    assertThat(JdbcConfig.checkedFile(file)).isEqualTo(file);
    assertThat(new JdbcConfig(file).properties())
        .containsEntry("user", "shop")
        .containsEntry("password", "ä=b")
        .containsEntry("ApplicationName", "fortnight")
        .doesNotContainKey("socketTimeout");
  }

  @Test
  void suggestsTheNearestSettingWithoutTheText() throws IOException {
    String file = write("pasword=secret-4711\n", StandardCharsets.UTF_8);

    assertThatThrownBy(() -> JdbcConfig.checkedFile(file))
        .hasMessage(
            "has a line that is not a setting of the PostgreSQL driver; did you mean password=?");
  }

  @Test
  void isInUtf8() throws IOException {
    String file = write("password=ä\n", ISO_8859_1);

    assertThatThrownBy(() -> JdbcConfig.checkedFile(file)).hasMessage("is not UTF-8");
  }

  @Test
  void eachMachineNeedsTheFile() {
    String file = directory.resolve("absent").toString();

    assertThatThrownBy(() -> new JdbcConfig(file).properties())
        .hasMessageStartingWith("cannot read --jdbcConfig=" + file + " on this machine: ")
        .hasMessageEndingWith("; each machine that connects to the database needs this file");
  }

  private String write(String text, Charset charset) throws IOException {
    return Files.writeString(directory.resolve("jdbc.properties"), text, charset).toString();
  }
}
