/// Configuration files as values, and what is wrong with them.
@NullMarked
package org.nutjvm.common.conf;

import org.jspecify.annotations.NullMarked;
