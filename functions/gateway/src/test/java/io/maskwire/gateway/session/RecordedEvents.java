package io.maskwire.gateway.session;

import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that remembers, and can be away. */
final class RecordedEvents implements SessionEvents {
  final List<SessionOpened> opened = new CopyOnWriteArrayList<>();
  final List<InputUploaded> uploaded = new CopyOnWriteArrayList<>();
  final List<SessionEnded> ended = new CopyOnWriteArrayList<>();
  volatile boolean away;

  private <T> void add(List<T> list, T event) {
    if (away) {
      throw new ProblemException(Problem.UNAVAILABLE, "away");
    }
    list.add(event);
  }

  @Override
  public void opened(SessionOpened event) {
    add(opened, event);
  }

  @Override
  public void uploaded(InputUploaded event) {
    add(uploaded, event);
  }

  @Override
  public void ended(SessionEnded event) {
    add(ended, event);
  }
}
