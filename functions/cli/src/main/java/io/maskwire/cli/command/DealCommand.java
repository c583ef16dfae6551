package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Quantities;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire deal}: key sets of sessions, a folder for each reader. */
@Command(
    name = "deal",
    description = "Deals the keys of N sessions of a compiled model, a folder for each reader.")
public final class DealCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "OUT", description = "a folder from 'maskwire compile'")
  private Path model;

  @Option(names = "-n", paramLabel = "N", description = "sessions (default: ${DEFAULT-VALUE})")
  private int count = 1;

  @Option(names = "-o", required = true, paramLabel = "KEYS", description = "where the keys go")
  private Path keys;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "-n is at least 1, not " + count);
    }
    Program program = CompiledFolder.readProgram(model);
    ProgramId id = ProgramCodec.idOf(program);
    List<SessionId> sessions = new KeyFolder(keys).deal(program, id, count, new SecureRandom());
    KeyPlan plan = new KeyPlan(program);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode result = Json.object();
      result.put("program", id.toString());
      ArrayNode ids = result.putArray("sessions");
      sessions.forEach(session -> ids.add(session.toString()));
      result
          .putObject("keyBytes")
          .put("common", plan.commonBytes())
          .put("party0", plan.party0Bytes())
          .put("party1", plan.party1Bytes());
      out.println(Json.text(result));
    } else {
      out.printf(
          "dealt %d session%s of '%s' into %s: %s common, %s for party 0, %s for party 1 each%n",
          count,
          count == 1 ? "" : "s",
          program.model(),
          keys,
          Quantities.bytes(plan.commonBytes()),
          Quantities.bytes(plan.party0Bytes()),
          Quantities.bytes(plan.party1Bytes()));
      out.println("Carry owner/ and party0/ to the owner, party1/ and user/ to the user,");
      out.println("common/ to both, and keep no copy.");
    }
    out.flush();
    return ExitCode.DONE;
  }
}
