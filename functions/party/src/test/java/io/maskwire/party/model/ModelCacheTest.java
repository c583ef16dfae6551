package io.maskwire.party.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  @TempDir private Path folder;

  private static ModelVersionName publish(World world) {
    LayeredProgram network = LayeredProgram.random(new SplittableRandom(2));
    return world.publish(network.program(), network.weights()).name();
  }

  @Test
  void get_moreVersionsThanAreKept_loadsTheEldestAgain() {
    World world = new World(folder);
    ModelCache cache =
        new ModelCache(
            new ModelLoader(
                Role.PARTY_1,
                world.container(Container.MODELS),
                world.container(Container.MASKED_WEIGHTS),
                world.container(Container.KEYS_PARTY1)),
            2);
    ModelVersionName first = publish(world);
    PartyModel model = cache.get(first);
    assertThat(cache.get(first)).isSameAs(model);
    cache.get(publish(world));
    cache.get(publish(world));
    assertThat(cache.get(first)).isNotSameAs(model);

    ModelVersionName unknown = new ModelVersionName("layered", "0".repeat(32));
    assertThatThrownBy(() -> cache.get(unknown)).isInstanceOf(MissingBlobException.class);
  }
}
