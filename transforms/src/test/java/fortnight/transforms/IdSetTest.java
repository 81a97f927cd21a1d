package fortnight.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSetTest {
  @Test
  void countsEachIdOnce() {
    assertThat(set("a", "b").union(set("b", "c")).size()).isEqualTo(3);
    assertThat(set("a").union(set("a"))).isEqualTo(set("a"));
    assertThat(set("a").union(IdSet.EMPTY)).isEqualTo(set("a"));
    assertThat(IdSet.EMPTY.union(IdSet.EMPTY).isEmpty()).isTrue();
  }

  @Test
  void distinguishesIntegersFromStrings() {
    assertThat(IdSet.hash(Id.ofInteger(7))).isNotEqualTo(IdSet.hash(Id.ofString("7")));
    assertThat(IdSet.hash(Id.ofInteger("7"))).isEqualTo(IdSet.hash(Id.ofInteger(7)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isTheSameForAnySplitAndOrder(long seed) {
    Random random = new Random(seed);
    List<Int128> hashes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      // Few distinct upper halves, so that the lower halves are compared as well.
      hashes.add(new Int128(random.nextInt(5) - 2, random.nextLong()));
      hashes.add(hashes.get(random.nextInt(hashes.size())));
    }
    IdSet whole = IdSet.of(new HashSet<>(hashes));

    for (int run = 0; run < 20; run++) {
      Collections.shuffle(hashes, random);
      IdSet sum = IdSet.EMPTY;
      for (int from = 0; from < hashes.size(); ) {
        int to = Math.min(hashes.size(), from + 1 + random.nextInt(200));
        IdSet part = IdSet.of(new HashSet<>(hashes.subList(from, to)));
        sum = random.nextBoolean() ? sum.union(part) : part.union(sum);
        from = to;
      }
      assertThat(sum).isEqualTo(whole);
    }
    List<Int128> inOrder = new ArrayList<>();
    whole.forEach(inOrder::add);
    assertThat(inOrder).containsExactlyElementsOf(new TreeSet<>(hashes));
  }

  @Test
  void encodesSixteenBytesForEachId() throws Exception {
    IdSet ids =
        IdSet.of(
            IntStream.range(0, 1_000)
                .mapToObj(id -> IdSet.hash(Id.ofInteger(id)))
                .collect(Collectors.toSet()));

    byte[] bytes = CoderUtils.encodeToByteArray(IdSet.coder(), ids);

    assertThat(bytes).hasSize(2 + 16 * 1_000);
    assertThat(CoderUtils.decodeFromByteArray(IdSet.coder(), bytes)).isEqualTo(ids);
  }

  private static IdSet set(String... ids) {
    Set<Int128> hashes = new HashSet<>();
    for (String id : ids) {
      hashes.add(IdSet.hash(Id.ofString(id)));
    }
    return IdSet.of(hashes);
  }
}
