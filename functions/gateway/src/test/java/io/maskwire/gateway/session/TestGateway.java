package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.FileContainer;
import io.maskwire.gateway.Audit;
import io.maskwire.gateway.MutableClock;
import io.maskwire.gateway.model.PublishedModel;
import io.maskwire.operations.AuditEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One instance of the gateway's plain classes; several may share a folder. */
final class TestGateway {
  static final int INPUT_BYTES = 1000;
  static final ModelVersionName NAME = new ModelVersionName("fmri", "0123456789abcdef".repeat(2));
  static final PublishedModel MODEL =
      new PublishedModel(
          NAME,
          "ab".repeat(32),
          3,
          INPUT_BYTES,
          List.of(),
          Instant.EPOCH,
          new PublishedModel.Presentation("", List.of()));
  static final Lifetimes LIFETIMES =
      new Lifetimes(
          Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofHours(1));
  static final byte[] RESULT_KEY =
      SealKeys.encode(SealKeys.generate(new SecureRandom()).getPublic());

  final BlobContainer keys;
  final BlobContainer sessions;
  final BlobContainer inputs;
  final BlobContainer resultBlobs;
  final BlobContainer claims;
  final MutableClock clock;
  final RecordedEvents events;
  final List<AuditEntry> refusals = new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Progress progress = new Progress();
  final ReadyKeys ready;
  final SessionRegistry registry;
  final Results results;
  final SessionStates states;
  final InputUploads uploads;
  final Expiry expiry;

  TestGateway(Path folder, MutableClock clock, RecordedEvents events) {
    keys = new FileContainer(folder.resolve("keys-party1"));
    sessions = new FileContainer(folder.resolve("sessions"));
    inputs = new FileContainer(folder.resolve("inputs"));
    resultBlobs = new FileContainer(folder.resolve("results"));
    claims = new FileContainer(folder.resolve("claims-results"));
    this.clock = clock;
    this.events = events;
    GatewayMetrics metrics = new GatewayMetrics(meters);
    ready = new ReadyKeys(keys, sessions, LIFETIMES, clock, metrics);
    registry = new SessionRegistry(sessions, ready, events, LIFETIMES, clock);
    SessionEndings endings = new SessionEndings(sessions, events, progress, metrics, clock);
    results = new Results(new Results.Containers(resultBlobs, claims), registry, endings);
    states = new SessionStates(inputs, results, endings, clock);
    uploads =
        new InputUploads(
            inputs,
            states,
            events,
            new InputUploads.Observers(new Audit(refusals::add), metrics),
            2);
    expiry =
        new Expiry(
            new Expiry.Remains(sessions, inputs, ready, results),
            registry,
            endings,
            LIFETIMES,
            clock);
  }

  /** Another instance on the same store, or this one after a restart. */
  static TestGateway beside(TestGateway other, Path folder) {
    return new TestGateway(folder, other.clock, other.events);
  }

  static SessionId session(int number) {
    byte[] id = new byte[SessionId.BYTES];
    id[0] = (byte) number;
    id[1] = (byte) (number >> 8);
    return new SessionId(id);
  }

  void addKeys(int number) {
    keys.create(NAME.blob(session(number) + ".bin"), new byte[1]);
  }

  /** A session with keys of its own. */
  SessionRecord open(int number) {
    addKeys(number);
    ready.refresh();
    return registry.open(MODEL, RESULT_KEY);
  }

  static byte[] sealed(int value) {
    byte[] sealed = new byte[INPUT_BYTES];
    Arrays.fill(sealed, (byte) value);
    System.arraycopy(new byte[] {'M', 'W', 'S', 'E'}, 0, sealed, 0, 4);
    return sealed;
  }

  void upload(SessionRecord record, byte[] bytes) throws IOException {
    uploads.accept(record, bytes.length, new ByteArrayInputStream(bytes));
  }
}
