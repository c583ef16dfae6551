package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.gateway.OwnerClient;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.exchange.ModelVersionName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire retire}: takes versions of a model out of use. */
@Command(
    name = "retire",
    description = {
      "Takes a version of a model out of use, or all of its versions, as its owner: no session is"
          + " opened any more, and ready keys are erased.",
      "Sessions that are open go on. It cannot be undone; publishing again makes a new version."
    })
public final class RetireCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "of the model")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "32 hexadecimal digits (default: all that are published)")
  private @Nullable String version;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the stack's folder (default: ${DEFAULT-VALUE})")
  private Path data = LocalStackProcess.defaultData();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<ModelVersionName> retired;
    try (OwnerClient owner = LocalStackProcess.require(data).owner()) {
      retired =
          version == null ? owner.published(name) : List.of(new ModelVersionName(name, version));
      for (ModelVersionName each : retired) {
        owner.retire(each);
      }
    }
    if (retired.isEmpty()) {
      throw new IllegalArgumentException("no version of '%s' is published".formatted(name));
    }
    print(retired, spec.commandLine().getOut());
    return ExitCode.DONE;
  }

  private void print(List<ModelVersionName> retired, PrintWriter out) {
    if (json) {
      ObjectNode object = Json.object().put("model", name);
      ArrayNode versions = object.putArray("retired");
      retired.forEach(each -> versions.add(each.version()));
      out.println(Json.text(object));
    } else {
      retired.forEach(each -> out.println("retired " + each));
    }
    out.flush();
  }
}
