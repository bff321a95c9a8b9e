# forum
