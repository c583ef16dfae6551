/**
 * Child processes: started, watched until they are ready, started again when they die, stopped in
 * order. Read {@link io.maskwire.infra.process.SupervisedProcess}.
 */
@NullMarked
package io.maskwire.infra.process;

import org.jspecify.annotations.NullMarked;
