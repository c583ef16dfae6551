package io.maskwire.cli.command;

import io.maskwire.cli.ExitCode;
import io.maskwire.cli.direct.DirectConnector;
import io.maskwire.cli.direct.DirectEndpoint;
import io.maskwire.cli.direct.DirectLimits;
import io.maskwire.cli.direct.DirectListener;
import io.maskwire.cli.direct.DirectSession;
import io.maskwire.cli.direct.HostPort;
import io.maskwire.cli.direct.SessionBinding;
import io.maskwire.cli.direct.TlsIdentity;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.Finishing;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Reason;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskwire party}: one party of a session between two machines. */
@Command(
    name = "party",
    description = {
      "One party of a session between two machines, over TCP with mutual TLS.",
      "Party 0 runs at the owner's, with weights; party 1 at the user's, with the input."
    })
public final class PartyCommand implements Callable<Integer> {
  @Option(names = "--role", required = true, paramLabel = "0|1", description = "which party")
  private int role;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "OUT",
      description = "a folder from 'maskwire compile'; party 1 needs no weights.bin in it")
  private Path model;

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "KEYS",
      description = "this party's part of a folder from 'maskwire deal'")
  private Path keys;

  @ArgGroup(multiplicity = "1")
  private Address address;

  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "PEM",
      description = "this party's certificate chain")
  private Path certificate;

  @Option(
      names = "--private-key",
      required = true,
      paramLabel = "PEM",
      description = "its private key, PKCS#8")
  private Path privateKey;

  @Option(
      names = "--ca",
      required = true,
      paramLabel = "PEM",
      description = "authorities that the peer's certificate must come from")
  private Path authority;

  @Option(
      names = "--peer-name",
      paramLabel = "NAME",
      description = "name that the peer's certificate must carry")
  private @Nullable String peerName;

  @Option(
      names = "--session",
      paramLabel = "ID",
      converter = SessionIdConverter.class,
      description = "which session (default: the first that is unused)")
  private @Nullable SessionId session;

  @Option(names = "--input", paramLabel = "FILE", description = "party 1: what to infer on")
  private @Nullable Path input;

  @Option(names = "--labels", paramLabel = "FILE", description = "party 1: names of the classes")
  private @Nullable Path labels;

  @Option(names = "--json", description = "party 1: print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Either side may listen. */
  static final class Address {
    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        converter = HostPortConverter.class,
        description = "wait for the peer here")
    private @Nullable HostPort listen;

    @Option(
        names = "--connect",
        paramLabel = "HOST:PORT",
        converter = HostPortConverter.class,
        description = "find the peer there")
    private @Nullable HostPort connect;
  }

  @Override
  public Integer call() throws IOException {
    if (role != 0 && role != 1) {
      throw new ParameterException(spec.commandLine(), "--role is 0 or 1, not " + role);
    }
    if (role == 1 && input == null) {
      throw new ParameterException(spec.commandLine(), "party 1 needs --input");
    }
    if (role == 0 && input != null) {
      throw new ParameterException(spec.commandLine(), "--input belongs to party 1");
    }
    Program program = CompiledFolder.readProgram(model);
    ProgramId id = ProgramCodec.idOf(program);
    KeyFolder folder = new KeyFolder(keys);
    SessionId sessionId = session == null ? firstUnused(folder) : session;
    // Before the peer is asked for anything.
    folder.verify(Role.of(role), program, id, sessionId);
    return role == 0 ? owner(program, id, folder, sessionId) : user(program, id, folder, sessionId);
  }

  private SessionId firstUnused(KeyFolder folder) throws IOException {
    return folder
        .firstUnused(Role.of(role))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no unused session in %s; deal more with 'maskwire deal'".formatted(keys)));
  }

  private int owner(Program program, ProgramId id, KeyFolder folder, SessionId sessionId)
      throws IOException {
    List<RingTensor> weights = CompiledFolder.read(model).weights();
    try (Progress progress = Progress.onTerminal();
        Channel channel = open(id, sessionId)) {
      new DirectSession(program, id, sessionId, folder, channel)
          .runWithOwner(weights, round -> progress.step("round " + (round + 1)));
      log("session " + sessionId + " is over; its keys are erased");
    }
    return ExitCode.DONE;
  }

  private int user(Program program, ProgramId id, KeyFolder folder, SessionId sessionId)
      throws IOException {
    if (program.reveal() == Program.Reveal.OWNER) {
      throw new PolicyException("this model reveals its result to the owner only");
    }
    Path file = Objects.requireNonNull(input);
    Labels names = Labels.of(Labels.read(labels), program);
    InferCommand.warn(spec.commandLine().getErr(), names.mismatch());
    ReadInput read =
        InputReader.readWithWarnings(
            file, Preprocess.forModel(model), program.inputs().getFirst().shape());
    InputWarnings.print(spec.commandLine().getErr(), read.warnings());
    List<RingTensor> encoded = encode(program, file, read.tensor());
    KeyPlan plan = new KeyPlan(program);
    InferenceReport report;
    try (Progress progress = Progress.onTerminal();
        Channel channel = open(id, sessionId)) {
      DirectSession.Outcome outcome =
          new DirectSession(program, id, sessionId, folder, channel)
              .runWithUser(encoded, round -> progress.step("round " + (round + 1)));
      InferenceResult result =
          new InferenceResult(
              Finishing.finish(program, outcome.outputs()),
              Optional.empty(),
              Schedule.of(program).rounds(),
              new InferenceResult.KeyBytes(
                  plan.commonBytes(), plan.party0Bytes(), plan.party1Bytes()),
              new InferenceResult.OnlineBytes(outcome.inputBytes(), outcome.openingBytes()),
              new InferenceResult.Millis(
                  0, outcome.offlineNanos() / 1e6, outcome.onlineNanos() / 1e6));
      report =
          new InferenceReport(
                  String.valueOf(file.getFileName()), names, result, Comparison.noOriginal(), 0)
              .withWarnings(read.warnings());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.text(report.toJson()) : report.toText());
    out.flush();
    return ExitCode.DONE;
  }

  private static List<RingTensor> encode(Program program, Path file, FloatTensor tensor) {
    try {
      return SecureInference.encode(program, List.of(tensor));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Reason.of(file, e), e);
    }
  }

  private Channel open(ProgramId id, SessionId sessionId) {
    TlsIdentity identity = TlsIdentity.fromPem(certificate, privateKey, authority);
    identity.warnings().forEach(this::log);
    HexFormat hex = HexFormat.of();
    DirectEndpoint endpoint =
        new DirectEndpoint(
            identity,
            Optional.ofNullable(peerName),
            new SessionBinding(
                role, hex.formatHex(id.toBytes()), hex.formatHex(sessionId.toBytes())),
            DirectLimits.DEFAULTS,
            this::log);
    if (address.connect != null) {
      return new DirectConnector(endpoint).connect(address.connect);
    }
    HostPort here = Objects.requireNonNull(address.listen);
    try (DirectListener listener = DirectListener.open(here, endpoint)) {
      log("listening on %s:%d".formatted(here.host(), listener.port()));
      return listener.accept();
    }
  }

  private void log(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("maskwire: " + line);
    err.flush();
  }
}
