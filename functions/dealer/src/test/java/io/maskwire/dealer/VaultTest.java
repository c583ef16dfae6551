package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  @TempDir private Path root = Path.of("");
  private final TinyModel model = new TinyModel("tiny", 1);

  @Test
  void register_twice_sameSeedsAndAHalfForEachParty() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    byte[] key = world.vault.register(model.name, model.id);
    assertThat(world.vault.register(model.name, model.id)).isEqualTo(key);
    List<Seed> both = VersionKey.decode(key, VersionKey.Reader.OWNER, model.id).seeds();
    String blob = model.name.blob("version.bin");
    byte[] half0 = world.keys.party0().read(blob).orElseThrow();
    byte[] half1 = world.keys.party1().read(blob).orElseThrow();
    assertThat(VersionKey.decode(half0, VersionKey.Reader.PARTY_0, model.id).seeds())
        .containsExactly(both.get(0));
    assertThat(VersionKey.decode(half1, VersionKey.Reader.PARTY_1, model.id).seeds())
        .containsExactly(both.get(1));
    assertThat(both.get(0)).isNotEqualTo(both.get(1));
  }

  @Test
  void register_partyFileLostInACrash_writtenAgain() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    byte[] key = world.vault.register(model.name, model.id);
    String blob = model.name.blob("version.bin");
    byte[] half = world.keys.party1().read(blob).orElseThrow();
    world.keys.party1().delete(blob);
    assertThat(world.vault.register(model.name, model.id)).isEqualTo(key);
    assertThat(world.keys.party1().read(blob)).contains(half);
  }

  @Test
  void register_anotherProgramUnderTheSameVersion_refused() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    byte[] key = world.vault.register(model.name, model.id);
    ProgramId other = new TinyModel("tiny", 2).id;
    assertThatThrownBy(() -> world.vault.register(model.name, other))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.OTHER_PROGRAM));
    assertThat(world.vault.register(model.name, model.id)).isEqualTo(key);
  }

  @Test
  void register_otherVersion_otherSeeds() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    TinyModel other = new TinyModel("tiny", 2);
    List<Seed> first = seeds(world, model);
    assertThat(seeds(world, other)).doesNotContainAnyElementsOf(first);
  }

  private static List<Seed> seeds(DealerWorld world, TinyModel model) {
    byte[] key = world.vault.register(model.name, model.id);
    return VersionKey.decode(key, VersionKey.Reader.OWNER, model.id).seeds();
  }
}
