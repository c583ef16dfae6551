package io.maskwire.cli.gateway;

import io.maskwire.cli.inference.Finishing;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.RewoundException;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.execution.MessagePlan;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Inferences through a gateway: the input is encoded, masked and sealed here, the result opened,
 * unmasked and decoded here. A lost connection or a restarting gateway is waited for; what is sent
 * again are the same bytes.
 */
public final class RemoteInference {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final GatewayClient gateway;
  private final RemoteModel model;
  private final SecureRandom random;
  private final UsedSessions used;
  private final int rounds;
  private final KeyPlan keys;
  private final MessagePlan messages;

  /** Inferences through a gateway that does not outlive this process. */
  public RemoteInference(GatewayClient gateway, RemoteModel model, SecureRandom random) {
    this(gateway, model, random, UsedSessions.inProcess());
  }

  /**
   * Inferences with {@code model} through {@code gateway}.
   *
   * @param used refuses a session that was used before
   */
  public RemoteInference(
      GatewayClient gateway, RemoteModel model, SecureRandom random, UsedSessions used) {
    this.gateway = gateway;
    this.model = model;
    this.random = random;
    this.used = used;
    rounds = Schedule.of(model.program()).rounds();
    keys = new KeyPlan(model.program());
    messages = new MessagePlan(model.program());
  }

  /**
   * One inference and the integers behind it.
   *
   * @param result what is reported; whether it is bit-exact is not known here
   * @param encoded fixed-point inputs
   * @param outputs unmasked integers
   */
  public record Outcome(
      InferenceResult result, List<RingTensor> encoded, List<RingTensor> outputs) {}

  /** An open session whose masked input has not left this machine yet. */
  public static final class Prepared {
    private final GatewayClient.Session session;
    private final InputStream events;
    private final KeyPair own;
    private final User user;
    private final List<RingTensor> encoded;
    private final byte[] sealed;
    private final double millis;

    private Prepared(
        GatewayClient.Session session,
        InputStream events,
        KeyPair own,
        User user,
        List<RingTensor> encoded,
        byte[] sealed,
        double millis) {
      this.session = session;
      this.events = events;
      this.own = own;
      this.user = user;
      this.encoded = encoded;
      this.sealed = sealed;
      this.millis = millis;
    }

    /** The session. */
    public GatewayClient.Session session() {
      return session;
    }

    /** A copy of what will be uploaded. */
    public byte[] sealed() {
      return sealed.clone();
    }
  }

  /**
   * One inference.
   *
   * @param progress receives rounds that are over and all rounds
   * @throws GatewayException if it is refused
   */
  public Outcome infer(FloatTensor input, BiConsumer<Integer, Integer> progress)
      throws IOException {
    return complete(prepare(input), progress);
  }

  /**
   * Opens a session, fetches its masks, and masks and seals {@code input}.
   *
   * @throws ProtocolException if the masks are those of another session or program
   * @throws RewoundException if the session was used before
   */
  public Prepared prepare(FloatTensor input) throws IOException {
    List<RingTensor> encoded = SecureInference.encode(model.program(), List.of(input));
    long start = System.nanoTime();
    KeyPair own = SealKeys.generate(random);
    GatewayClient.Session session = open(own);
    SessionId id = SessionIds.parse(session.id());
    MaskSeeds seeds = MaskSeeds.decode(patiently(() -> gateway.masks(session)));
    seeds.requireSession(id);
    used.use(id);
    User user = new User(model.program(), model.id(), seeds);
    byte[] sealed = seal(session, user.mask(encoded).encode(model.program()));
    // Listening before anything happens: what happens then is heard at once.
    InputStream events = patiently(() -> gateway.events(session));
    double millis = (System.nanoTime() - start) / 1e6;
    return new Prepared(session, events, own, user, encoded, sealed, millis);
  }

  /** Uploads what is prepared, waits for the result and unmasks it. */
  public Outcome complete(Prepared prepared, BiConsumer<Integer, Integer> progress)
      throws IOException {
    long uploading = System.nanoTime();
    patiently(
        () -> {
          gateway.upload(prepared.session, prepared.sealed);
          return true;
        });
    long uploaded = System.nanoTime();
    List<byte[]> shares = await(prepared, progress);
    List<RoundMessage> opened = open(prepared.session, prepared.own, shares);
    List<RingTensor> outputs = prepared.user.unmask(opened.get(0), opened.get(1));
    long done = System.nanoTime();
    InferenceResult result =
        new InferenceResult(
            Finishing.finish(model.program(), outputs),
            Optional.empty(),
            rounds,
            new InferenceResult.KeyBytes(
                keys.commonBytes(), keys.party0Bytes(), keys.party1Bytes()),
            new InferenceResult.OnlineBytes(prepared.sealed.length, messages.totalBytes()),
            new InferenceResult.Millis(
                0,
                prepared.millis,
                (done - uploaded) / 1e6,
                OptionalDouble.of((done - uploading) / 1e6)));
    return new Outcome(result, prepared.encoded, outputs);
  }

  private GatewayClient.Session open(KeyPair own) throws IOException {
    byte[] resultKey = SealKeys.encode(own.getPublic());
    return patiently(() -> gateway.open(model.name(), resultKey));
  }

  private byte[] seal(GatewayClient.Session session, byte[] masked) {
    return Envelope.seal(
        Purpose.input(SessionIds.parse(session.id())),
        masked,
        session.parties().stream().map(SealKeys::of).toList(),
        random);
  }

  private static List<RoundMessage> open(
      GatewayClient.Session session, KeyPair own, List<byte[]> shares) {
    List<RoundMessage> opened = new ArrayList<>();
    for (Role role : Role.values()) {
      Purpose purpose = Purpose.result(SessionIds.parse(session.id()), role);
      opened.add(RoundMessage.decode(Envelope.open(purpose, shares.get(role.index()), 0, own)));
    }
    return opened;
  }

  private List<byte[]> await(Prepared prepared, BiConsumer<Integer, Integer> progress)
      throws IOException {
    GatewayClient.Session session = prepared.session;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    InputStream events = prepared.events;
    while (true) {
      Optional<List<byte[]>> shares = result(session, follow(events, progress));
      if (shares.isPresent()) {
        return shares.get();
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "session %s has no result after %d seconds"
                .formatted(session.id(), PATIENCE.toSeconds()));
      }
      events = patiently(() -> gateway.events(session));
    }
  }

  /** A stream that breaks off is opened again: the gateway then says where the session is. */
  private static SessionEvents.End follow(
      InputStream events, BiConsumer<Integer, Integer> progress) {
    try (events) {
      return SessionEvents.follow(events, progress);
    } catch (IOException _) {
      return new SessionEvents.End.Lost();
    }
  }

  private Optional<List<byte[]>> result(GatewayClient.Session session, SessionEvents.End end)
      throws IOException {
    return switch (end) {
      case SessionEvents.End.Completed completed ->
          completed.shares().isPresent()
              ? completed.shares()
              : patiently(() -> gateway.result(session));
      case SessionEvents.End.Expired _ ->
          throw new GatewayException(
              410, "expired", "session %s was given up; try again".formatted(session.id()));
      case SessionEvents.End.Lost _ -> Optional.empty();
    };
  }

  @FunctionalInterface
  private interface Request<T> {
    T send() throws IOException;
  }

  /** Sends until there is an answer; an empty stock and a restart are waited for. */
  private static <T> T patiently(Request<T> request) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return request.send();
      } catch (GatewayException e) {
        if (e.status() != 503 || System.nanoTime() > deadline) {
          throw e;
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted() || System.nanoTime() > deadline) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
