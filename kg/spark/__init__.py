"""Reading on Apache Spark: every input file becomes one result on a shared disk, and the results are merged."""
