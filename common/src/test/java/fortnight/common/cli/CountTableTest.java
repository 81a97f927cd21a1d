package fortnight.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTableTest {
  @Test
  void alignsCountsAndRemarks() {
    CountTable table = new CountTable();

    table.line("records read", 1_234_567, "");
    table.line("  rejected", 8, "dead-letters.jsonl");
    table.emptyLine();

    assertThat(table)
        .hasToString(
            """
            records read                     1,234,567
              rejected                               8  dead-letters.jsonl

            """);
  }
}
