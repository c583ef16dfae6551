package io.maskwire.party.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionQueuesTest {
  private final SessionQueues queues = new SessionQueues();

  @Test
  void submit_oneKey_runsInOrderEvenAfterFailures() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Integer>> running =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    queues.submit(
                        "key",
                        () -> {
                          order.add(i);
                          if (i % 3 == 0) {
                            throw new IllegalStateException("task " + i);
                          }
                          return i;
                        }))
            .toList();

    assertThatThrownBy(running.getFirst()::join).isInstanceOf(CompletionException.class);
    running.getLast().join();
    assertThat(order).containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void submit_otherKey_doesNotWait() {
    CompletableFuture<String> other = new CompletableFuture<>();
    CompletableFuture<String> waiting = queues.submit("first", other::join);
    queues.submit("second", () -> other.complete("done")).join();
    waiting.join();
  }
}
