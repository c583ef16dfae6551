package io.maskwire.infra.broker;

import io.maskwire.infra.process.ProcessLogging;
import java.nio.file.Path;

/** The broker as a process of its own. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Runs the broker whose data are in the folder {@code arguments[0]} until it is told to stop. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: BrokerMain DATA-FOLDER");
      System.exit(2);
    }
    ProcessLogging.configure();
    LocalBroker broker = LocalBroker.start(Path.of(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    System.out.println("ready " + broker.bootstrapServers());
    broker.awaitStop();
  }
}
