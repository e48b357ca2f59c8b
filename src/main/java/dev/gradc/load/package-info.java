/** Generated Java becomes classes of the running virtual machine, without a file. */
package dev.gradc.load;
