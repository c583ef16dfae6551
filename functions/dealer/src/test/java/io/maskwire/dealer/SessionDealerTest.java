package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.execution.KeySource;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.StoreException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionDealerTest {
  @TempDir private Path root = Path.of("");
  private final TinyModel model = new TinyModel("tiny", 1);

  private static byte[] file(BlobContainer container, TinyModel model, String name) {
    return container.read(model.name.blob(name)).orElseThrow();
  }

  /** A party as it finds everything in its containers. */
  private PartySession party(DealerWorld world, Role role, SessionId session) {
    BlobContainer own = role == Role.PARTY_0 ? world.keys.party0() : world.keys.party1();
    var reader = role == Role.PARTY_0 ? VersionKey.Reader.PARTY_0 : VersionKey.Reader.PARTY_1;
    Seed seed =
        VersionKey.decode(file(own, model, "version.bin"), reader, model.id).seeds().getFirst();
    List<Seed> owner =
        VersionKey.decode(
                world.vault.register(model.name, model.id), VersionKey.Reader.OWNER, model.id)
            .seeds();
    List<RingTensor> masked =
        Owner.maskWeights(
            model.program, model.weights, new VersionSeeds(owner.get(0), owner.get(1)));
    PartyModel version =
        PartyModel.of(
            model.program, model.id, role, new PartyWeights(model.program, role, masked, seed));
    String keys = session + ".bin";
    return new PartySession(
        version,
        new PartyKeys(
            version,
            KeySource.of(file(world.keys.common(), model, keys)),
            KeySource.of(file(own, model, keys))));
  }

  @Test
  void dealOne_dealtKeys_computeTheModelBitForBit() {
    DealerWorld world = DealerWorld.withStock(root, 5);
    world.publish(model);
    world.fill(model.name);
    for (int i = 0; i < 5; i++) {
      SessionId session = world.firstFree(model.name);
      byte[] seeds = world.stock.masks(model.name, session, world.now.plusSeconds(60));
      User user = new User(model.program, model.id, MaskSeeds.decode(seeds));
      List<RingTensor> input = TinyModel.input(-500 + 311 * i);
      MaskedInput masked = user.mask(input);
      PartySession party0 = party(world, Role.PARTY_0, session);
      PartySession party1 = party(world, Role.PARTY_1, session);
      RoundMessage zero = party0.begin(masked);
      RoundMessage one = party1.begin(masked);
      while (!party0.finished()) {
        RoundMessage next = party0.advance(one);
        one = party1.advance(zero);
        zero = next;
      }
      assertThat(user.unmask(zero, one).getFirst().values())
          .isEqualTo(model.expected(input).getFirst().values());
    }
  }

  @Test
  void dealOne_party1sKeysRefused_nothingAnnouncedNothingReadable() {
    KeyContainers broken = withParty1(new Refusing());
    DealerWorld world =
        new DealerWorld(root, new StockLimits(2, 1 << 20, DealerWorld.LIFETIME), broken);
    world.models.create(model.name.blob("program.bin"), ProgramCodec.encode(model.program));
    DealerWorld.withStock(root, 0).vault.register(model.name, model.id);
    assertThatThrownBy(() -> world.dealer.dealOne(model.name)).isInstanceOf(StoreException.class);
    assertThat(world.announced).isEmpty();
    assertThat(world.stock.free(model.name)).isEmpty();
    assertThat(sessions(world.keys.masks())).isEmpty();
    assertThat(sessions(world.keys.common())).isEmpty();
  }

  private KeyContainers withParty1(BlobContainer party1) {
    KeyContainers keys = DealerWorld.containers(root);
    return new KeyContainers(keys.common(), keys.party0(), party1, keys.masks());
  }

  private static List<String> sessions(BlobContainer container) {
    return container.list("").stream().map(BlobEntry::name).toList();
  }

  @Test
  void dealOne_brokerAway_announcedLaterAndNotDealtTwice() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    world.publish(model);
    world.brokerIsThere = false;
    assertThatThrownBy(() -> world.dealer.dealOne(model.name)).hasMessage("no broker");
    assertThatThrownBy(() -> world.dealer.dealOne(model.name)).hasMessage("no broker");
    world.brokerIsThere = true;
    world.fill(model.name);
    assertThat(world.announced).hasSize(1);
    assertThat(world.stock.entries(model.name)).hasSize(1);
  }

  @Test
  void dealOne_twoDealersOnOneStore_tooManyByWhatWasMissingAtMost() throws Exception {
    DealerWorld first = DealerWorld.withStock(root, 8);
    DealerWorld second = DealerWorld.withStock(root, 8);
    first.publish(model);
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var filled : threads.invokeAll(List.of(filling(first), filling(second)))) {
        filled.get();
      }
    }
    Set<SessionId> all = new HashSet<>(first.dealt);
    all.addAll(second.dealt);
    assertThat(all).hasSize(first.dealt.size() + second.dealt.size());
    assertThat(first.stock.free(model.name)).hasSizeBetween(8, 16);
  }

  private Callable<Boolean> filling(DealerWorld world) {
    return () -> {
      world.fill(model.name);
      return true;
    };
  }

  @Test
  void dealOne_versionsBeyondTheWarmOnes_allDealt() {
    DealerWorld world = DealerWorld.withStock(root, 2);
    List<TinyModel> models =
        List.of(model, new TinyModel("tiny", 2), new TinyModel("other", 3), new TinyModel("x", 4));
    models.forEach(world::publish);
    for (int turn = 0; turn < 2; turn++) {
      models.forEach(each -> world.dealer.dealOne(each.name));
    }
    assertThat(models).allSatisfy(each -> assertThat(world.stock.free(each.name)).hasSize(2));
  }

  @Test
  void dealOne_versionNotRegistered_refused() {
    DealerWorld world = DealerWorld.withStock(root, 1);
    assertThatThrownBy(() -> world.dealer.dealOne(model.name))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has no program");
    world.models.create(model.name.blob("program.bin"), ProgramCodec.encode(model.program));
    assertThatThrownBy(() -> world.versions.check(model.name))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is not registered");
  }
}
