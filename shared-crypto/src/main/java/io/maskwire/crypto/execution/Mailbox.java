package io.maskwire.crypto.execution;

import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages on their way to one reader. The first end wins: later reasons are its consequences. */
final class Mailbox {
  private enum State {
    OPEN,
    WRITER_GONE,
    READER_GONE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> messages = new ArrayDeque<>();
  private State state = State.OPEN;
  private String reason = "";

  /** Adds a message for the reader. */
  void put(byte[] message) {
    lock.lock();
    try {
      if (state == State.READER_GONE) {
        throw new ChannelException(ErrorCode.PEER_CLOSED, "the peer closed the channel");
      }
      messages.add(message);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next message; what was put before the writer left is still delivered. */
  byte[] take(Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (true) {
        requireReader();
        byte[] message = messages.poll();
        if (message != null) {
          return message;
        }
        if (state == State.WRITER_GONE) {
          throw new ChannelException(ErrorCode.PEER_CLOSED, reason);
        }
        if (left <= 0) {
          throw new ChannelException(
              ErrorCode.PEER_TIMEOUT, "the peer sent nothing for " + timeout.toMillis() + " ms");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException(ErrorCode.IO, "interrupted while waiting for the peer", e);
    } finally {
      lock.unlock();
    }
  }

  /** Fails if the reader closed its side. */
  void requireOpen() {
    lock.lock();
    try {
      requireReader();
    } finally {
      lock.unlock();
    }
  }

  private void requireReader() {
    if (state == State.READER_GONE) {
      throw new ChannelException(ErrorCode.IO, "this side of the channel is closed");
    }
  }

  /** The reader takes no more; what waits for it is dropped. */
  void closeByReader() {
    lock.lock();
    try {
      state = State.READER_GONE;
      messages.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The writer puts no more, for {@code why}. */
  void closeByWriter(String why) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.WRITER_GONE;
        reason = why;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
