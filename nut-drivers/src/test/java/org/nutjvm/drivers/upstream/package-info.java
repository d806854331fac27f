@NullMarked
package org.nutjvm.drivers.upstream;

import org.jspecify.annotations.NullMarked;
