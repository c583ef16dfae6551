package io.maskwire.infra.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPropertiesTest {
  @TempDir private Path folder;

  @Test
  void port_chosenForAnotherAlready_isChosenAgain() {
    Path file = folder.resolve("ports.properties");
    Iterator<Integer> choices = List.of(20_001, 20_001, 20_002).iterator();
    KeptProperties kept = KeptProperties.in(file);

    int first = kept.port("party0", choices::next);
    int second = kept.port("party1", choices::next);

    assertThat(List.of(first, second)).containsExactly(20_001, 20_002);
    assertThat(KeptProperties.in(file).port("party1", choices::next)).isEqualTo(20_002);
  }
}
