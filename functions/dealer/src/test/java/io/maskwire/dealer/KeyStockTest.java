package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStockTest {
  private static final Duration LONG = Duration.ofDays(2);

  @TempDir private Path root = Path.of("");
  private final TinyModel model = new TinyModel("tiny", 1);
  private DealerWorld world;

  @BeforeEach
  void publish() {
    world = DealerWorld.withStock(root, 3);
    world.publish(model);
  }

  private static List<String> names(BlobContainer container) {
    return container.list("").stream().map(BlobEntry::name).toList();
  }

  @Test
  void dealOne_emptyStock_fillsToTheLevelExactly() {
    world.fill(model.name);
    assertThat(world.dealt).hasSize(3).doesNotHaveDuplicates();
    assertThat(world.stock.free(model.name)).hasSize(3);
    assertThat(world.announced).hasSize(3);
    assertThat(world.levels).last().isEqualTo(3);
    assertThat(world.dealer.dealOne(model.name)).isFalse();
    assertThat(world.dealt).hasSize(3);
  }

  @Test
  void dealOne_sessionBound_refillsByOne() {
    world.fill(model.name);
    SessionId taken = world.firstFree(model.name);
    world.stock.bind(model.name, taken, world.now.plusSeconds(60));
    assertThat(world.stock.free(model.name)).hasSize(2);
    world.stock.bind(model.name, taken, world.now.plusSeconds(60));
    world.fill(model.name);
    assertThat(world.stock.free(model.name))
        .hasSize(3)
        .extracting(StockEntry::session)
        .doesNotContain(taken);
    assertThat(world.dealt).hasSize(4);
  }

  @Test
  void dealOne_dealerStartedAgain_doesNotDouble() {
    world.fill(model.name);
    DealerWorld again = DealerWorld.withStock(root, 3);
    again.dealer.announceAgain(model.name);
    again.fill(model.name);
    assertThat(again.dealt).isEmpty();
    assertThat(again.announced)
        .extracting(event -> event.session())
        .containsExactlyInAnyOrderElementsOf(world.dealt);
  }

  @Test
  void dealOne_noSpace_staysBelowTheLimit() {
    long oneSession = world.versions.open(model.name).commonBytes();
    DealerWorld small =
        new DealerWorld(root, new StockLimits(10, 2 * oneSession + 1, DealerWorld.LIFETIME));
    small.fill(model.name);
    assertThat(small.dealt).hasSize(2);
    assertThat(small.isFull).isTrue();
    assertThat(small.stock.commonBytes()).isEqualTo(2 * oneSession);
  }

  @Test
  void masks_boundSession_repeatableUntilItEnds() {
    world.fill(model.name);
    SessionId session = world.firstFree(model.name);
    Instant expires = world.now.plusSeconds(60);
    byte[] first = world.stock.masks(model.name, session, expires);
    assertThat(MaskSeeds.decode(first).session()).isEqualTo(session);
    assertThat(world.stock.masks(model.name, session, expires)).isEqualTo(first);
    world.stock.end(model.name, session);
    world.stock.end(model.name, session);
    assertThatThrownBy(() -> world.stock.masks(model.name, session, expires))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.SESSION_ENDED));
    assertThat(names(world.keys.common())).noneMatch(name -> name.contains(session.toString()));
    assertThat(names(world.keys.masks()))
        .filteredOn(name -> name.contains(session.toString()))
        .containsExactly(model.name.blob(session + ".bound"));
  }

  @Test
  void masks_sessionNeverDealt_unknown() {
    SessionId unknown = new SessionId(new byte[16]);
    assertThatThrownBy(() -> world.stock.masks(model.name, unknown, world.now))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.UNKNOWN_SESSION));
    assertThat(world.stock.bind(model.name, unknown, world.now)).isFalse();
    assertThat(names(world.keys.masks())).isEmpty();
  }

  @Test
  void bind_afterTheEnd_doesNotRevive() {
    world.fill(model.name);
    SessionId session = world.firstFree(model.name);
    world.stock.end(model.name, session);
    assertThat(world.stock.bind(model.name, session, world.now.plusSeconds(60))).isFalse();
    assertThat(world.stock.entries(model.name)).hasSize(2);
  }

  @Test
  void expire_unusedKeysTooOld_erasedAndDealtAnew() {
    world.fill(model.name);
    assertThat(world.stock.expire(Set.of())).isZero();
    world.now = world.now.plus(LONG);
    assertThat(world.stock.free(model.name)).isEmpty();
    assertThat(world.stock.expire(Set.of())).isEqualTo(3);
    assertThat(names(world.keys.masks())).isEmpty();
    assertThat(names(world.keys.common())).isEmpty();
  }

  @Test
  void expire_boundSession_erasedWhenItsOwnTimeIsOver() {
    world.fill(model.name);
    SessionId session = world.firstFree(model.name);
    world.stock.bind(model.name, session, world.now.plus(Duration.ofHours(1)));
    world.now = world.now.plus(Duration.ofHours(1));
    assertThat(world.stock.expire(Set.of())).isZero();
    world.now = world.now.plus(Duration.ofHours(1));
    assertThat(world.stock.expire(Set.of())).isEqualTo(1);
    assertThat(world.stock.free(model.name)).hasSize(2);
    world.now = world.now.plus(LONG);
    world.stock.expire(Set.of());
    assertThat(names(world.keys.masks())).isEmpty();
  }

  @Test
  void expire_keysLeftBehindByACrash_erased() {
    String orphan = model.name.blob("%032x.bin".formatted(7));
    world.keys.common().create(orphan, new byte[100]);
    world.stock.expire(Set.of());
    assertThat(names(world.keys.common())).containsExactly(orphan);
    world.now = world.now.plus(Duration.ofHours(1));
    world.stock.expire(Set.of());
    assertThat(names(world.keys.common())).isEmpty();
  }

  @Test
  void expire_oneMarkIsDamaged_erasesTheOthersAndSaysSo() {
    world.fill(model.name);
    SessionId damaged = world.stock.free(model.name).get(1).session();
    world.keys.masks().create(model.name.blob(damaged + ".bound"), new byte[] {1});
    world.now = world.now.plus(DealerWorld.LIFETIME).plus(Duration.ofHours(1));

    assertThatThrownBy(() -> world.stock.expire(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(world.stock.entries(model.name))
        .extracting(StockEntry::session)
        .containsExactly(damaged);
  }
}
