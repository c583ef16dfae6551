package io.maskwire.gateway.session;

import static io.maskwire.gateway.session.TestGateway.NAME;
import static io.maskwire.gateway.session.TestGateway.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.gateway.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyKeysTest {
  @TempDir Path folder;
  private final MutableClock clock = new MutableClock();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(folder, clock, new RecordedEvents());
  }

  private KeysReady event(int number, Duration life) {
    return new KeysReady(session(number), NAME, clock.instant().plus(life));
  }

  @Test
  void refresh_storedKeys_countsThoseThatAreNotBound() {
    gateway.addKeys(1);
    gateway.addKeys(2);
    gateway.keys.create(NAME.blob("version.bin"), new byte[1]);
    gateway.sessions.create(SessionBlobs.record(session(1)), new byte[1]);
    gateway.ready.refresh();
    assertThat(gateway.ready.count(NAME)).isEqualTo(1);
    assertThat(gateway.ready.take(NAME)).contains(session(2));
    assertThat(gateway.meters.get("maskwire.ready.keys").tag("model", "fmri").gauge().value())
        .isZero();
  }

  @Test
  void refresh_keysPastTheirLife_areSkipped() {
    gateway.addKeys(1);
    clock.advance(Duration.ofHours(24));
    gateway.ready.refresh();
    assertThat(gateway.ready.take(NAME)).isEmpty();
  }

  @Test
  void add_expiredEvent_isSkipped() {
    gateway.ready.add(event(1, Duration.ofSeconds(30)));
    assertThat(gateway.ready.count(NAME)).isZero();
  }

  @Test
  void add_sameEventTwice_isTakenOnce() {
    gateway.ready.add(event(1, Duration.ofHours(1)));
    gateway.ready.add(event(1, Duration.ofHours(1)));
    assertThat(gateway.ready.take(NAME)).contains(session(1));
    assertThat(gateway.ready.take(NAME)).isEmpty();
  }

  @Test
  void take_expiredSinceItWasHeardOf_isSkipped() {
    gateway.ready.add(event(1, Duration.ofMinutes(10)));
    gateway.ready.add(event(2, Duration.ofHours(10)));
    clock.advance(Duration.ofHours(1));
    assertThat(gateway.ready.take(NAME)).contains(session(2));
  }

  @Test
  void take_keysThatAnotherInstanceHeardOf_findsThemInTheStore() {
    gateway.addKeys(7);
    assertThat(gateway.ready.take(NAME)).contains(session(7));
  }

  @Test
  void drop_keysThatAnotherInstanceBound_areNotTaken() {
    gateway.ready.add(event(1, Duration.ofHours(1)));
    gateway.ready.drop(session(1));
    assertThat(gateway.ready.count(NAME)).isZero();
    assertThat(gateway.ready.take(NAME)).isEmpty();
  }

  @Test
  void take_otherVersion_hasNothing() {
    gateway.ready.add(event(1, Duration.ofHours(1)));
    assertThat(gateway.ready.take(new ModelVersionName("fmri", "f".repeat(32)))).isEmpty();
  }

  @Test
  void refresh_blobsOfOtherNames_areLeftAlone() {
    gateway.keys.create(NAME.blob("a-odd.bin"), new byte[1]);
    gateway.keys.create("no model/no version/" + session(2) + ".bin", new byte[1]);
    gateway.addKeys(1);

    gateway.ready.refresh();

    assertThat(gateway.ready.count(NAME)).isEqualTo(1);
  }

  @Test
  void drop_openedUnderAnotherModel_isNotGivenAgain() {
    gateway.addKeys(1);
    gateway.ready.refresh();

    gateway.ready.drop(session(1));

    assertThat(gateway.ready.count(NAME)).isZero();
  }
}
