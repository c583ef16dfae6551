package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing waits for what was asked for last, so that nothing here has to guess how long. */
class RefillTest {
  @TempDir private Path root = Path.of("");
  private static final Refill.Pauses PAUSES =
      new Refill.Pauses(Duration.ofMillis(1), Duration.ofMillis(1));

  private final TinyModel model = new TinyModel("tiny", 1);

  /** A dealer that is there for the events that {@code work} sends, and for their consequences. */
  private DealerWorld run(int stock, java.util.function.Consumer<DealerEvents> work) {
    DealerWorld world = DealerWorld.withStock(root, stock);
    Refill refill = new Refill(world.published, world.dealer, world.stock, world, PAUSES);
    work.accept(new DealerEvents(world.versions, world.stock, refill));
    refill.all();
    finish(refill);
    refill.close();
    assertThat(refill.isClosed()).isTrue();
    return world;
  }

  private static void finish(Refill refill) {
    try {
      refill.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void all_publishedVersions_filledAndAnnouncedAfterEachStart() {
    DealerWorld.withStock(root, 0).publish(model);
    DealerWorld.withStock(root, 0).publish(new TinyModel("other", 2));
    DealerWorld first = run(3, _ -> {});
    assertThat(first.dealt).hasSize(6);
    DealerWorld second = run(3, _ -> {});
    assertThat(second.dealt).isEmpty();
    assertThat(second.announced).hasSize(6);
  }

  @Test
  void all_versionPublishedLater_isAnnouncedOnce() {
    DealerWorld world = DealerWorld.withStock(root, 2);
    Refill refill = new Refill(world.published, world.dealer, world.stock, world, PAUSES);
    refill.all();
    finish(refill);
    world.publish(model);

    refill.all();
    finish(refill);
    refill.all();
    finish(refill);
    refill.close();

    assertThat(world.announced).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void handle_published_fillsOnlyWhatIsRegistered() {
    DealerWorld.withStock(root, 0).publish(model);
    DealerWorld world =
        run(
            2,
            events -> {
              events.handle(
                  EventType.MODEL_PUBLISHED, new ModelPublished(model.name, model.id).toJson());
              TinyModel unknown = new TinyModel("unknown", 3);
              byte[] stray = new ModelPublished(unknown.name, unknown.id).toJson();
              assertThatThrownBy(() -> events.handle(EventType.MODEL_PUBLISHED, stray))
                  .isInstanceOf(Refusal.class);
            });
    assertThat(world.dealt).hasSize(2);
    assertThat(world.failures).isEmpty();
  }

  @Test
  void handle_openedAndEndedTwice_refilledOnceAndErased() {
    DealerWorld before = DealerWorld.withStock(root, 2);
    before.publish(model);
    before.fill(model.name);
    SessionId session = before.firstFree(model.name);
    byte[] opened =
        new SessionOpened(session, model.name, new byte[65], before.now.plusSeconds(60)).toJson();
    byte[] ended = new SessionEnded(session, model.name, SessionEnded.Outcome.COMPLETED).toJson();
    DealerWorld world =
        run(
            2,
            events -> {
              events.handle(EventType.SESSION_OPENED, opened);
              events.handle(EventType.SESSION_OPENED, opened);
            });
    assertThat(world.dealt).hasSize(1);
    DealerWorld after =
        run(
            2,
            events -> {
              events.handle(EventType.SESSION_ENDED, ended);
              events.handle(EventType.SESSION_ENDED, ended);
              events.handle(EventType.SESSION_OPENED, opened);
            });
    assertThat(after.dealt).isEmpty();
    assertThat(after.keys.masks().read(model.name.blob(session + ".bin"))).isEmpty();
    assertThat(after.keys.common().read(model.name.blob(session + ".bin"))).isEmpty();
  }

  @Test
  void all_storeRefusesOneVersion_fillsAndAnnouncesTheOthers() {
    for (String bad : new String[] {"a-bad", "z-bad"}) {
      Path own = root.resolve(bad);
      TinyModel refused = new TinyModel(bad, 2);
      for (TinyModel each : List.of(model, refused)) {
        DealerWorld.withStock(own, 0).publish(each);
      }
      KeyContainers keys = DealerWorld.containers(own);
      DealerWorld world =
          new DealerWorld(
              own,
              new StockLimits(2, 1 << 20, DealerWorld.LIFETIME),
              new KeyContainers(
                  keys.common(),
                  keys.party0(),
                  keys.party1(),
                  new RefusingSome(keys.masks(), bad)));
      Refill refill = new Refill(world.published, world.dealer, world.stock, world, PAUSES);

      refill.sweep();
      finish(refill);
      refill.close();

      assertThat(world.stock.free(model.name)).hasSize(2);
      assertThat(world.announced).extracting(KeysReady::name).containsOnly(model.name);
      assertThat(world.failures).isNotEmpty();
    }
  }

  @Test
  void handle_endNamesAnotherVersion_erasesWhatTheStockHasOfTheSession() {
    DealerWorld before = DealerWorld.withStock(root, 2);
    before.publish(model);
    before.fill(model.name);
    SessionId session = before.firstFree(model.name);
    ModelVersionName other = new ModelVersionName("other", model.name.version());
    String own = model.name.blob(session + ".bin");

    DealerWorld world =
        run(
            2,
            events -> {
              events.handle(
                  EventType.SESSION_OPENED,
                  new SessionOpened(session, other, new byte[65], before.now.plusSeconds(60))
                      .toJson());
              assertThat(before.keys.masks().length(model.name.blob(session + ".bound")))
                  .isPresent();
              events.handle(
                  EventType.SESSION_ENDED,
                  new SessionEnded(session, other, SessionEnded.Outcome.EXPIRED).toJson());
            });

    assertThat(world.keys.masks().length(own)).isEmpty();
    assertThat(world.keys.common().length(own)).isEmpty();
    assertThat(world.stock.free(model.name)).hasSize(2);
  }

  @Test
  void handle_opened_looksAtTheStockWhenHalfOfItMayBeGone() throws InterruptedException {
    DealerWorld world = DealerWorld.withStock(root, 4);
    world.publish(model);
    world.fill(model.name);
    Refill refill = new Refill(world.published, world.dealer, world.stock, world, PAUSES);
    DealerEvents events = new DealerEvents(world.versions, world.stock, refill);

    open(events, world);
    refill.finish();
    assertThat(world.stock.free(model.name)).hasSize(3);
    open(events, world);
    refill.finish();
    assertThat(world.stock.free(model.name)).hasSize(4);
    refill.close();
  }

  private void open(DealerEvents events, DealerWorld world) {
    SessionId session = world.firstFree(model.name);
    events.handle(
        EventType.SESSION_OPENED,
        new SessionOpened(session, model.name, new byte[65], world.now.plusSeconds(60)).toJson());
  }

  private static byte[] retire(DealerWorld world, TinyModel model) {
    world.models.create(model.name.blob(ModelRetired.MARKER), new byte[] {'{', '}'});
    return new ModelRetired(model.name).toJson();
  }

  @Test
  void handle_retired_erasesWhatNobodyHasAndDealsNoMore() {
    TinyModel other = new TinyModel("other", 2);
    DealerWorld before = DealerWorld.withStock(root, 2);
    before.publish(model);
    before.publish(other);
    before.fill(model.name);
    before.fill(other.name);
    SessionId inUse = before.firstFree(model.name);
    before.stock.bind(model.name, inUse, before.now.plusSeconds(600));
    byte[] retired = retire(before, model);

    DealerWorld world =
        run(
            2,
            events -> {
              events.handle(EventType.MODEL_RETIRED, retired);
              events.handle(EventType.MODEL_RETIRED, retired);
              events.handle(
                  EventType.MODEL_PUBLISHED, new ModelPublished(model.name, model.id).toJson());
            });

    assertThat(world.dealt).isEmpty();
    assertThat(world.failures).isEmpty();
    assertThat(world.stock.entries(model.name))
        .extracting(StockEntry::session)
        .containsExactly(inUse);
    assertThat(world.keys.common().read(model.name.blob(inUse + ".bin"))).isPresent();
    assertThat(world.stock.free(other.name)).hasSize(2);
    assertThat(world.announced).noneMatch(event -> event.name().equals(model.name));
  }

  @Test
  void sweep_retiredWhileTheDealerWasAway_erasesItsStock() throws InterruptedException {
    DealerWorld world = DealerWorld.withStock(root, 2);
    world.publish(model);
    world.fill(model.name);
    retire(world, model);
    Refill refill =
        new Refill(
            world.published,
            world.dealer,
            world.stock,
            world,
            new Refill.Pauses(Duration.ofMillis(1), Duration.ofHours(-1)));

    refill.sweep();
    refill.finish();
    refill.close();

    assertThat(world.stock.entries(model.name)).isEmpty();
    assertThat(world.keys.common().list("")).isEmpty();
  }

  @Test
  void sweep_retiredJustNow_leavesTimeForNewsOfSessions() throws InterruptedException {
    DealerWorld world = DealerWorld.withStock(root, 2);
    world.publish(model);
    world.fill(model.name);
    retire(world, model);
    Refill refill =
        new Refill(
            world.published,
            world.dealer,
            world.stock,
            world,
            new Refill.Pauses(Duration.ofMillis(1), Duration.ofHours(1)));

    refill.sweep();
    refill.finish();
    refill.close();

    assertThat(world.stock.free(model.name)).hasSize(2);
  }

  @Test
  void levels_retiredAmongOthers_countsWhatIsOffered() {
    DealerWorld world = DealerWorld.withStock(root, 2);
    TinyModel other = new TinyModel("other", 2);
    TinyModel empty = new TinyModel("empty", 3);
    world.publish(model);
    world.publish(other);
    world.publish(empty);
    world.fill(model.name);
    world.fill(other.name);
    world.stock.bind(other.name, world.firstFree(other.name), world.now.plusSeconds(60));
    retire(world, model);

    JsonNode versions =
        new StockReport(world.published, world.stock, Clock.systemUTC())
            .levels()
            .tree()
            .path("versions");

    Map<String, Integer> ready = new HashMap<>();
    versions.forEach(one -> ready.put(one.path("model").asText(), one.path("ready").asInt()));
    assertThat(ready).containsOnly(Map.entry("other", 1), Map.entry("empty", 0));
    assertThat(versions.path(0).path("configured").asInt()).isEqualTo(2);
  }

  @Test
  void handle_poison_throws() {
    run(
        1,
        events -> {
          assertThatThrownBy(
                  () ->
                      events.handle(EventType.SESSION_OPENED, "{".getBytes(StandardCharsets.UTF_8)))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> events.handle(EventType.KEYS_READY, new byte[0]))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @RepeatedTest(20)
  void all_oneVersionBroken_othersFilled() {
    DealerWorld before = DealerWorld.withStock(root, 0);
    before.publish(model);
    TinyModel broken = new TinyModel("broken", 2);
    before.models.create(broken.name.blob("manifest.json"), new byte[0]);
    DealerWorld world = run(2, _ -> {});
    assertThat(world.dealt).hasSize(2);
    assertThat(world.failures).hasSize(1);
  }
}
