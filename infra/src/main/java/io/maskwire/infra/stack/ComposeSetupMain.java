package io.maskwire.infra.stack;

import io.maskwire.infra.process.ProcessLogging;
import java.nio.file.Path;

/** Runs {@link ComposeSetup} in a container, and ends. */
public final class ComposeSetupMain {
  private ComposeSetupMain() {}

  /** Takes the folder to write to; secrets are in the environment. */
  public static void main(String[] arguments) {
    ProcessLogging.configure();
    Path out = Path.of(arguments[0]);
    new ComposeSetup(ComposeAddresses.ofTheFile(), System.getenv(), out).run();
    System.out.println("maskwire: topics, rights, containers and settings are ready");
  }
}
