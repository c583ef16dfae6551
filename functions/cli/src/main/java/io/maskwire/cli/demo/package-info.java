/**
 * The demo model: a synthetic resting-state fMRI task and a perceptron trained on it, made once on
 * the user's machine and cached. Start at {@link io.maskwire.cli.demo.DemoModel}; read {@link
 * io.maskwire.cli.demo.DemoTask}, {@link io.maskwire.cli.demo.NetworkCatalogue}, {@link
 * io.maskwire.cli.demo.VolumeGenerator}, then the trainer.
 *
 * <p>Everything is a function of the task's seed: sums have a fixed order whatever the number of
 * threads, and transcendental functions come from {@link StrictMath}, so two machines make the same
 * weights bit by bit.
 */
@NullMarked
package io.maskwire.cli.demo;

import org.jspecify.annotations.NullMarked;
