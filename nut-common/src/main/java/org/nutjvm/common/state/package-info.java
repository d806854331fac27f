/// What is known of one device: variables, their limits, commands.
@NullMarked
package org.nutjvm.common.state;

import org.jspecify.annotations.NullMarked;
