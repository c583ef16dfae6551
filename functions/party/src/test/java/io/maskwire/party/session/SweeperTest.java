package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.FileContainer;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.party.fixture.RefusingContainer;
import io.maskwire.party.fixture.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {
  private static final String OLD = "0".repeat(32);
  private static final String USED = "1".repeat(32);
  private static final String NEW = "2".repeat(32);

  @TempDir private Path folder;

  private void age(String file) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(file), FileTime.from(Instant.now().minus(Duration.ofDays(3))));
  }

  @Test
  void sweep_oldKeysAndLogs_keepsVersionKeysAndLogsOfSessionsWithKeys() throws IOException {
    FileContainer keys = new FileContainer(folder.resolve("keys"));
    FileContainer state = new FileContainer(folder.resolve("state"));
    for (String name : new String[] {OLD, USED, NEW, "version"}) {
      keys.put("model/version/" + name + ".bin", new byte[1]);
    }
    for (String name : new String[] {OLD, USED, NEW}) {
      state.put(name, new byte[1]);
    }
    age("keys/model/version/" + OLD + ".bin");
    age("keys/model/version/version.bin");
    age("state/" + OLD);
    age("state/" + USED);

    int erased = new Sweeper(keys, state).sweep(Instant.now().minus(Duration.ofDays(1)));

    assertThat(erased).isEqualTo(2);
    assertThat(keys.list("").stream().map(BlobEntry::name))
        .containsExactly(
            "model/version/" + USED + ".bin",
            "model/version/" + NEW + ".bin",
            "model/version/version.bin");
    assertThat(state.list("").stream().map(BlobEntry::name)).containsExactly(USED, NEW);
  }

  @Test
  void sweep_storeKeepsOne_erasesTheOthersAndKeepsTheLogOfThatOne() throws IOException {
    World world = new World(folder);
    RefusingContainer keys = world.container(Container.KEYS_PARTY0);
    RefusingContainer state = world.container(Container.STATE_PARTY0);
    for (String name : List.of(OLD, USED)) {
      keys.put("model/version/" + name + ".bin", new byte[1]);
      age("keys-party0/model/version/" + name + ".bin");
      state.put(name, new byte[1]);
      age("state-party0/" + name);
    }
    keys.refuse(OLD, StoreException.Reason.DENIED);

    int erased = new Sweeper(keys, state).sweep(Instant.now().minus(Duration.ofDays(1)));

    assertThat(erased).isEqualTo(2);
    assertThat(keys.list("").stream().map(BlobEntry::name))
        .containsExactly("model/version/" + OLD + ".bin");
    assertThat(state.list("").stream().map(BlobEntry::name)).containsExactly(OLD);
  }
}
