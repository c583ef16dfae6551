package io.maskwire.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.event.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Log records as JSON objects, one a line. LogManager's own formatter needs {@code jakarta.json},
 * which its class loader does not see in a packaged application.
 */
final class JsonLines extends ExtFormatter {

  /** Changes the console's format, wherever Quarkus has put its handler. */
  static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      install(handler);
    }
  }

  private static void install(Handler handler) {
    if (handler instanceof ConsoleHandler console) {
      console.setFormatter(new JsonLines());
    } else if (handler instanceof ExtHandler outer) {
      for (Handler inner : outer.getHandlers()) {
        install(inner);
      }
    }
  }

  @Override
  public String format(ExtLogRecord entry) {
    JsonObject line =
        JsonObject.create()
            .put("time", entry.getInstant())
            .put("level", entry.getLevel().getName())
            .put("logger", String.valueOf(entry.getLoggerName()))
            .put("thread", String.valueOf(entry.getThreadName()))
            .put("message", String.valueOf(formatMessage(entry)));
    ObjectNode tree = line.tree();
    entry.getMdcCopy().forEach(tree::put);
    Throwable thrown = entry.getThrown();
    if (thrown != null) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      line.put("exception", trace.toString());
    }
    return new String(line.toBytes(), StandardCharsets.UTF_8) + System.lineSeparator();
  }
}
