package fortnight.pipelines.globs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.pipelines.files.InputFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Globs match the same files as in a shell and as with Java's path matchers. */
class LocalGlobTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.j                  | a.j b.j",
        "?.j                  | a.j b.j",
        "[ab].j               | a.j b.j",
        "[!a].j               | b.j",
        "[^a].j               | b.j",
        "[[:alpha:]].j        | a.j b.j",
        "[[:digit:]].k        | 7.k",
        "[]7].k               | 7.k",
        "\\*.t                | *.t",
        "[*].t                | *.t",
        "{a,b}.j              | a.j b.j",
        "{a,7}.{j,k}          | 7.k a.j",
        "{a,{b,c}}.j          | a.j b.j",
        "{a.j,x/a.j}          | a.j x/a.j",
        "{x/a,y/z/a}.j        | x/a.j y/z/a.j",
        "{x,y/z}/*.j          | x/a.j x/b.j y/z/a.j",
        "{0..9}.k             | 7.k",
        "0{1..3}.m            | 01.m 02.m",
        "{01..03}.m           | 01.m 02.m",
        "*/a.j                | x/a.j",
        "**/a.j               | a.j x/a.j y/z/a.j",
        "x/**                 | x/a.j x/b.j",
        "**.j                 | a.j b.j x/a.j x/b.j y/z/a.j",
        "y**a.j               | y/z/a.j",
        "x/../*.j             | x/../a.j x/../b.j",
        "./a*.j               | ./a.j",
        "_*                   | _SUCCESS",
        ".*                   | .hidden",
        "_temporary/*         | _temporary/t.j",
        "{_temporary,x}/a*    | x/a.j",
        "*/*/*.j              | y/z/a.j"
      })
  void finds(String glob, String expected) throws IOException {
    for (String name :
        List.of(
            "a.j",
            "b.j",
            "7.k",
            "*.t",
            "01.m",
            "02.m",
            "x/a.j",
            "x/b.j",
            "y/z/a.j",
            "_SUCCESS",
            ".hidden",
            "_temporary/t.j",
            "x/.hidden",
            "y/_tmp/t.j")) {
      write(name);
    }

    assertThat(find(glob)).containsExactlyInAnyOrder(expected.split(" ", -1));
  }

  @Test
  void ordersByPath() throws IOException {
    write("b.j");
    write("a.j");

    assertThat(find("{b,a}.j")).containsExactly("a.j", "b.j");
  }

  @Test
  void readsEachRealFileOnce() throws IOException {
    write("x/a.j");
    Files.createSymbolicLink(directory.resolve("x/b.j"), Path.of("a.j"));
    Files.createSymbolicLink(directory.resolve("y"), Path.of("x"));
    Files.createSymbolicLink(directory.resolve("x/loop"), Path.of(".."));
    Files.createLink(directory.resolve("x/hard.j"), directory.resolve("x/a.j"));

    assertThat(matched("x/*.j")).containsExactly("x/a.j");
    assertThat(matched("{x,y}/*.j")).containsExactly("x/a.j");
    assertThat(matched("**/*.j")).hasSize(1);
    assertThat(matched("**.j")).hasSize(1);
  }

  @Test
  void followsLinks() throws IOException {
    write("real/a.j");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(directory.resolve("l.j"), Path.of("real/a.j"));

    assertThat(matched("li*/*.j")).containsExactly("link/a.j");
    assertThat(matched("l.{j,k}")).containsExactly("l.j");
  }

  @Test
  void findsFilesOfADirectoryThatAnEarlierLinkPointsTo() throws IOException {
    write("b/x.jsonl");
    write("b1.jsonl");
    Files.createSymbolicLink(directory.resolve("a"), directory.resolve("b"));

    assertThat(matched("b**.jsonl")).containsExactly("b/x.jsonl", "b1.jsonl");
  }

  @Test
  void rejectsADanglingLink() throws IOException {
    write("a.j");
    Files.createSymbolicLink(directory.resolve("b.j"), Path.of("absent"));

    assertThatThrownBy(() -> find("*.j"))
        .hasMessageContaining("b.j is a link to a file that does not exist");
  }

  /** A byte of Latin-1 that is not valid UTF-8. */
  @Test
  void rejectsNamesThatJavaCannotRepresent() throws IOException {
    write("a.j");
    Files.writeString(Path.of(URI.create(directory.toUri() + "latin%E9.j")), "{}");

    for (String glob : List.of("*.j", "lat*", "latin?.j", "latin[a-z].j", "**.j", "**/*.j")) {
      assertThatThrownBy(() -> find(glob))
          .hasMessageContaining("a file name in " + directory + " cannot be represented");
    }
    assertThat(find("a*.j")).containsExactly("a.j");
  }

  @Test
  void reportsThatOnlyHiddenNamesMatch() throws IOException {
    write("_a.j");

    assertThatThrownBy(() -> find("*.j")).hasMessageContaining("begin with . or _");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a       | the [ at character 1 has no ]",
        "x[a/b].j | the [ at character 2 has no ]",
        "{a,b     | the { at character 1 has no }",
        "a\\      | it ends with a backslash",
        "[z-a]    | the range z-a is reversed",
        "[[:no:]] | unknown character class: no"
      })
  void reportsSyntaxErrors(String glob, String expected) {
    assertThatThrownBy(() -> GlobPattern.parse(glob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void rejectsTooManyAlternatives() {
    assertThatThrownBy(() -> GlobPattern.parse("{a,b}".repeat(40)))
        .hasMessageContaining("more than 10000 alternatives");
    assertThatThrownBy(() -> GlobPattern.parse("{0..999999999}"))
        .hasMessageContaining("more than 10000 alternatives");
  }

  private void write(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  private List<String> find(String glob) {
    return LocalGlob.find(directory + "/" + glob).stream()
        .map(found -> found.path().toString().substring(directory.toString().length() + 1))
        .toList();
  }

  private List<String> matched(String glob) {
    return InputFiles.match(directory + "/" + glob).stream()
        .map(file -> file.path().substring(directory.toString().length() + 1))
        .toList();
  }
}
