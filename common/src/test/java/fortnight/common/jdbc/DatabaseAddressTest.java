package fortnight.common.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void hasTheSchemaPublicByDefault() {
    assertThat(DatabaseAddress.parse("postgresql://db.example.com:5432/shop"))
        .isEqualTo(new DatabaseAddress("db.example.com", 5432, "shop", "public"));
  }

  @Test
  void canNameASchemaAndAnAddressOfIp6() {
    assertThat(DatabaseAddress.parse("postgresql://[::1]:5433/shop-1?schema=Retail_2"))
        .isEqualTo(new DatabaseAddress("[::1]", 5433, "shop-1", "Retail_2"))
        .hasToString("postgresql://[::1]:5433/shop-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://localhost:5432/shop",
        "postgresql://[::1]:5433/shop?schema=Retail_2"
      })
  void canBeWrittenWithItsSchema(String text) {
    assertThat(DatabaseAddress.parse(text).withSchema()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://localhost/shop",
        "postgresql://localhost:5432",
        "postgresql://localhost:5432/",
        "postgresql://localhost:5432/shop/weekly",
        "postgresql://localhost:5432/shop?schema=",
        "postgresql://localhost:5432/shop?schema=a;b",
        "postgresql://localhost:5432/shop?sslmode=require",
        "postgresql://shop:secret-4711/shop",
        "postgres://localhost:5432/shop",
        "jdbc:postgresql://localhost:5432/shop"
      })
  void isRejectedWithoutItsText(String text) {
    assertThat(DatabaseAddress.isDatabase(text)).isTrue();
    assertThatThrownBy(() -> DatabaseAddress.parse(text))
        .hasMessage(
            "not the address of a database; use postgresql://HOST:PORT/DATABASE[?schema=NAME]");
  }

  @Test
  void hasAPortOfTcp() {
    assertThatThrownBy(() -> DatabaseAddress.parse("postgresql://localhost:65536/shop"))
        .hasMessage("a port is from 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://shop:secret-4711@localhost:5432/shop",
        "postgresql://localhost:5432/shop?user=shop",
        "postgresql://localhost:5432/shop?schema=a&password=secret-4711"
      })
  void hasNoUserOrPassword(String text) {
    assertThatThrownBy(() -> DatabaseAddress.parse(text))
        .hasMessageStartingWith("contains a user or a password")
        .hasMessageNotContaining("secret-4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka://localhost:9092/shop.", "out", "/postgresql", "gs://bucket/a"})
  void isNeitherATopicNorAPath(String text) {
    assertThat(DatabaseAddress.isDatabase(text)).isFalse();
  }
}
