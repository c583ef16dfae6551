package io.maskwire.gateway.app;

import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Log lines of the console as JSON objects, one a line, with JBoss LogManager's own formatter. */
final class JsonLogs {
  private JsonLogs() {}

  /** Changes the console's format, wherever Quarkus has put its handler. */
  static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      install(handler);
    }
  }

  private static void install(Handler handler) {
    if (handler instanceof ConsoleHandler console) {
      console.setFormatter(new JsonFormatter());
    } else if (handler instanceof ExtHandler outer) {
      for (Handler inner : outer.getHandlers()) {
        install(inner);
      }
    }
  }
}
