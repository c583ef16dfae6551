package io.maskwire.party.keys;

import io.maskwire.crypto.execution.KeySource;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.party.blob.MissingBlobException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A key blob that is read from front to back, in windows of equal size: the one that is being used
 * and the next one, which is fetched in the background once half of the first is used. Ranges that
 * the {@link ReadAhead} budget has no room for are read directly. One session's thread at a time.
 */
public final class BlobKeySource implements KeySource, AutoCloseable {
  private final BlobContainer container;
  private final String name;
  private final long length;
  private final ReadAhead budget;
  private final Map<Long, Window> windows = new HashMap<>();

  /** A window that is there or on its way. */
  private record Window(int reserved, CompletableFuture<byte[]> content) {}

  /**
   * A source over the blob {@code name}.
   *
   * @param length that its program says it has
   */
  public BlobKeySource(BlobContainer container, String name, long length, ReadAhead budget) {
    this.container = container;
    this.name = name;
    this.length = length;
    this.budget = budget;
  }

  @Override
  public void read(long offset, int count, byte[] target) {
    if (offset < 0 || count < 0 || count > length - offset) {
      throw KeySource.cutShort(offset, count, length);
    }
    if (count == 0) {
      return;
    }
    long first = offset / budget.windowBytes();
    long last = (offset + count - 1) / budget.windowBytes();
    if (count == 1 && !windows.containsKey(first)) {
      // Whoever reads one byte checks that it is there: no reason to fetch its surroundings.
      target[0] = fetch(offset, 1)[0];
      return;
    }
    for (long index = first; index <= last; index++) {
      drop(first, last);
      copy(index, offset, count, target);
    }
    drop(last, last);
    boolean half = (offset + count) % budget.windowBytes() > budget.windowBytes() / 2;
    if (half) {
      prefetch(last + 1);
    }
  }

  /** Copies what window {@code index} has of the {@code length} bytes at {@code offset}. */
  private void copy(long index, long offset, int length, byte[] to) {
    long start = Math.max(offset, start(index));
    int count = (int) (Math.min(offset + length, start(index) + size(index)) - start);
    int at = (int) (start - offset);
    if (windows.containsKey(index) || prefetch(index)) {
      System.arraycopy(content(index), (int) (start - start(index)), to, at, count);
    } else {
      System.arraycopy(fetch(start, count), 0, to, at, count);
    }
  }

  private long start(long index) {
    return index * budget.windowBytes();
  }

  private int size(long index) {
    return Math.clamp(length - start(index), 0, budget.windowBytes());
  }

  private byte[] content(long index) {
    Window window = windows.get(index);
    if (window == null) {
      throw new IllegalStateException("window " + index + " is not there");
    }
    try {
      return window.content().join();
    } catch (CompletionException e) {
      drop(Long.MAX_VALUE, Long.MAX_VALUE);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Starts to fetch a window; false if there is no room for it. */
  private boolean prefetch(long index) {
    int size = size(index);
    if (windows.containsKey(index) || size == 0 || !budget.reserve(size)) {
      return false;
    }
    CompletableFuture<byte[]> content =
        CompletableFuture.supplyAsync(
            () -> fetch(start(index), size), task -> Thread.ofVirtual().start(task));
    windows.put(index, new Window(size, content));
    return true;
  }

  private byte[] fetch(long offset, int count) {
    byte[] bytes =
        container
            .read(name, offset, count)
            .orElseThrow(() -> new MissingBlobException("key blob", name));
    if (bytes.length < count) {
      throw KeySource.cutShort(offset, count, offset + bytes.length);
    }
    return bytes;
  }

  /** Drops all windows but {@code first} to {@code last} and the one that follows. */
  private void drop(long first, long last) {
    for (Iterator<Map.Entry<Long, Window>> all = windows.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Window> entry = all.next();
      if (entry.getKey() < first || entry.getKey() - 1 > last) {
        all.remove();
        release(entry.getValue());
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // giving back cannot fail
  private void release(Window window) {
    window.content().whenComplete((_, _) -> budget.release(window.reserved()));
  }

  /** Fetches the start again, in the background: the next reader begins there. */
  public void rewind() {
    drop(0, 0);
    prefetch(0);
    prefetch(1);
  }

  @Override
  public void close() {
    drop(Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
